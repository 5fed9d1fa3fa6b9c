import { expect, it } from 'vitest';
import type { Command } from '../../../../../shared/command.ts';
import { DrivenLab, startDrivenLab } from '../../../../support/sim-lab.ts';

const commands: readonly Command[] = [
  { type: 'pause-node', node: 5 },
  { type: 'resume-node', node: 5 },
  { type: 'cut-power', node: 5 },
  { type: 'wipe-node', node: 5 },
  { type: 'set-disk', node: 5, disk: { kind: 'stuck' } },
  { type: 'set-clock-rate', node: 5, partsPerMillion: 1 },
  { type: 'jump-clock', node: 5, byMs: 1 },
];

it.each(commands)('$type asks for a cluster, and for such a server in it', (command) => {
  expect(new DrivenLab().ask(command)).toMatchObject({ failure: { code: 'not-running' } });
  const driven = startDrivenLab(3);
  expect(driven.ask(command)).toMatchObject({ failure: { code: 'invalid' } });
  expect(driven.eventsOf('node-fault')).toEqual([]);
});

it('ends a server whose disk fails, and makes one whose disk is full refuse', () => {
  const driven = startDrivenLab(3);
  const leader = driven.leader();
  const other = (leader + 1) % 3;
  driven.do({ type: 'set-disk', node: other, disk: { kind: 'failing', at: 'flush' } });
  driven.append(leader, 'a');
  driven.runFor(500);
  expect(driven.eventsOf('node-ended')).toMatchObject([{ target: other, cause: 'failed' }]);
  expect(driven.eventsOf('node-fault-acted')[0]).toMatchObject({ faultRule: `failing-disk ${other}` });
});

it('makes a leader of a fast clock lose nothing that was promised', () => {
  const driven = startDrivenLab(3);
  const leader = driven.leader();
  driven.do({ type: 'set-clock-rate', node: leader, partsPerMillion: -900_000 });
  driven.leader(leader);
  driven.do({ type: 'jump-clock', node: leader, byMs: 100 });
  const { verdicts } = driven.do({ type: 'judge' });
  expect(verdicts.every(({ verdict }) => verdict === 'held')).toBe(true);
});
