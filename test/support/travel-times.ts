/** How long datagrams were on their way, by what the stream says of both ends. */
import type { LabEvent } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';

/** Of every datagram that arrived, in the order of arrival, ms; only those to `receiver` where one is given. */
export function travelTimesMs(events: readonly LabEvent[], receiver?: NodeId): number[] {
  const sentNs = new Map<string, number>();
  const times: number[] = [];
  for (const event of events) {
    if (event.type === 'datagram-sent') {
      sentNs.set(`${event.node} ${event.boot} ${event.datagram} ${event.to}`, event.timeNs);
    } else if (event.type === 'datagram-received' && (receiver ?? event.node) === event.node) {
      const sent = sentNs.get(`${event.from} ${event.fromBoot} ${event.datagram} ${event.node}`);
      if (sent !== undefined) times.push((event.timeNs - sent) / 1_000_000);
    }
  }
  return times;
}
