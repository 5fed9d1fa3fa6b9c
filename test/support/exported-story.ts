/** A stream with a bit of everything in it, simulated: elections, load, faults of links, a crash and a restart. */
import type { ExportFacts, Exporter } from '../../main/session/export/exporter.ts';
import type { PlacedEvent } from '../../shared/query.ts';
import { workloadSchema } from '../../shared/workload.ts';
import { DrivenLab } from './sim-lab.ts';

export const facts: ExportFacts = { session: 'session-a', version: '1.2.3', epochMs: 1_795_000_000_000 };

/** @param seed another one is another story */
export function tellStory(seed = 1): PlacedEvent[] {
  const lab = new DrivenLab({ seed });
  lab.do({ type: 'start-cluster', nodes: 3, seed });
  const leader = lab.leader();
  const [follower = 0, other = 0] = [0, 1, 2].filter((node) => node !== leader);
  lab.do({ type: 'start-workload', workload: workloadSchema.parse({ clients: 3, requestsPerSecond: 60 }) });
  lab.runFor(500);
  const link = { from: leader, to: follower };
  lab.do({ type: 'set-fault', rule: { id: 'drop some', link, action: { kind: 'drop', percent: 40 } } });
  const back = { from: follower, to: leader };
  lab.do({ type: 'set-fault', rule: { id: 'double some', link: back, action: { kind: 'duplicate', percent: 40 } } });
  lab.runFor(500);
  lab.do({ type: 'crash-node', node: other });
  lab.runFor(300);
  lab.do({ type: 'start-node', node: other });
  lab.do({ type: 'append', node: follower, entries: ['=1+1, "quoted"\nand on', 'ü'] });
  lab.do({ type: 'heal-all' });
  lab.runFor(300);
  lab.do({ type: 'stop-workload' });
  return lab.events.map((event, position) => ({ position, event }));
}

/** The whole file. */
export function exported(exporter: Exporter, story: readonly PlacedEvent[]): Buffer {
  const pieces = [exporter.begin(), ...story.map((placed) => exporter.take(placed)), exporter.end()];
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
}
