/**
 * ShiViz: a vector clock for each event. A host's own clock begins at 1 and rises by exactly 1, and nothing refers to what is
 * not in the file: so the clocks are counted here, over what is exported, whatever was filtered or cut. A server that restarts
 * goes on with its clock.
 */
import type { LabEvent } from '../../../shared/event.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { formatTime, logLevelOf, logTextOf, sourceLabel } from '../../../shared/projection/log-line.ts';
import type { Exporter } from './exporter.ts';

/** The first two lines of the file: what a line is made of, and what parts executions (nothing does). */
const lineForm = String.raw`(?<host>\S+) (?<clock>{.*}) (?<ts>\S+) (?<level>\w+) (?<event>.*)`;

/** Datagrams whose receipt may still come; the oldest are forgotten: then their receipt shows no edge. */
const underWayMax = 65_536;

type VectorClock = ReadonlyMap<string, number>;

export function shivizExporter(): Exporter {
  const clocks = new Map<string, VectorClock>();
  const underWay = new Map<string, VectorClock>();

  /** What `host` knows by now, and one more of its own. */
  function tick(host: string, seen: VectorClock | undefined): VectorClock {
    const clock = new Map(clocks.get(host));
    for (const [other, count] of seen ?? []) clock.set(other, Math.max(count, clock.get(other) ?? 0));
    // Nobody knows more of a host than itself.
    clock.set(host, (clocks.get(host)?.get(host) ?? 0) + 1);
    clocks.set(host, clock);
    return clock;
  }

  return {
    begin: () => `${lineForm}\n\n`,
    take({ event }) {
      const host = hostOf(event.node);
      const clock = tick(host, seenBy(event, underWay));
      if (event.type === 'datagram-sent') {
        underWay.set(keyOf(event.node, event.boot, event.to, event.datagram), clock);
        if (underWay.size > underWayMax) forgetOldest(underWay);
      }
      const time = formatTime(event.timeNs).replace(' ', '');
      return `${host} ${JSON.stringify(Object.fromEntries(clock))} ${time} ${logLevelOf(event)} ${logTextOf(event)}\n`;
    },
    end: () => '',
  };
}

/** A copy of a datagram has the clock of its sending, too: so it stays until it is pushed out. */
function seenBy(event: LabEvent, underWay: ReadonlyMap<string, VectorClock>): VectorClock | undefined {
  if (event.type !== 'datagram-received') return undefined;
  return underWay.get(keyOf(event.from, event.fromBoot, event.node, event.datagram));
}

function keyOf(from: NodeId, boot: number, to: NodeId, datagram: number): string {
  return `${from}:${boot}:${to}:${datagram}`;
}

function forgetOldest(underWay: Map<string, VectorClock>): void {
  for (const key of underWay.keys()) {
    underWay.delete(key);
    return;
  }
}

function hostOf(node: NodeId): string {
  return sourceLabel(node).replace(' ', '');
}
