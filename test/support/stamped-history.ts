/** Arbitrary histories of a few servers that send each other datagrams, with true Lamport numbers. */
import * as fc from 'fast-check';
import type { LabEvent } from '../../shared/event.ts';

/** What each server reported, in its own order. */
export type StampedHistory = readonly (readonly LabEvent[])[];

/** At each step one server either does something of its own, sends a datagram, or receives one that is under way. */
export function stampedHistory(): fc.Arbitrary<StampedHistory> {
  const step = fc.record({ node: fc.nat(3), act: fc.constantFrom('own', 'send', 'receive'), pick: fc.nat(1_000) });
  return fc.tuple(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 60 })).map(([nodes, steps]) => {
    const histories: LabEvent[][] = Array.from({ length: nodes }, () => []);
    const lamports = Array.from({ length: nodes }, () => 0);
    const underWay: { from: number; to: number; datagram: number; lamport: number }[] = [];
    const report = (node: number, body: Partial<LabEvent>): void => {
      const history = histories[node] ?? [];
      lamports[node] = (lamports[node] ?? 0) + 1;
      const stamp = { node, boot: 1, sequence: history.length + 1, timeNs: 0, lamport: lamports[node] };
      history.push({ ...stamp, ...body } as LabEvent);
    };
    for (const [number, { node: anyNode, act, pick }] of steps.entries()) {
      const node = anyNode % nodes;
      const waiting = underWay.filter((datagram) => datagram.to === node);
      const arrived = waiting[pick % Math.max(1, waiting.length)];
      if (act === 'send') {
        const to = pick % nodes;
        report(node, { type: 'datagram-sent', to, datagram: number });
        underWay.push({ from: node, to, datagram: number, lamport: lamports[node] ?? 0 });
      } else if (act === 'receive' && arrived) {
        underWay.splice(underWay.indexOf(arrived), 1);
        lamports[node] = Math.max(lamports[node] ?? 0, arrived.lamport);
        report(node, { type: 'datagram-received', from: arrived.from, fromBoot: 1, datagram: arrived.datagram });
      } else {
        report(node, { type: 'node-stopping', reason: `step ${number}` });
      }
    }
    return histories;
  });
}

/** Names an event: no two have the same. */
export function eventKey(event: LabEvent): string {
  return `${event.node}/${event.boot}/${event.sequence}`;
}
