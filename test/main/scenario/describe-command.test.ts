import { expect, it } from 'vitest';
import { describeCommand } from '../../../main/scenario/describe-command.ts';
import type { StepCommand } from '../../../main/scenario/scenario.ts';

it.each<[StepCommand, string]>([
  [{ type: 'crash-node', node: 2 }, 'crash-node 2'],
  [{ type: 'heal-all' }, 'heal-all'],
  [{ type: 'append', node: 1, entries: ['one', Uint8Array.of(1, 2)] }, 'append at node 1: “one”, 2 bytes'],
  [{ type: 'append', node: 1, entries: ['x'.repeat(41)] }, `append at node 1: “${'x'.repeat(40)}…”`],
  [{ type: 'append', node: 1, entries: ['x'.repeat(40)] }, `append at node 1: “${'x'.repeat(40)}”`],
  [{ type: 'append', node: 1, entries: ['a', 'b', 'c'] }, 'append at node 1: “a”, “b”, “c”'],
  [{ type: 'append', node: 1, entries: ['a', 'b', 'c', 'd'] }, 'append at node 1: “a”, “b”, “c” … (4 entries)'],
  [{ type: 'index-range', node: 0, startIndex: 1, endIndex: 9 }, 'linearizable read of 1..9 at node 0'],
  [{ type: 'index-range', node: 0, startIndex: 1, endIndex: 9, read: 'lease' }, 'lease read of 1..9 at node 0'],
  [{ type: 'cut-link', link: { from: 0, to: 1 } }, 'cut-link 0 → 1'],
  [{ type: 'heal-link', link: { from: 1, to: 0 } }, 'heal-link 1 → 0'],
  [{ type: 'partition', groups: [[0, 1], [2]] }, 'partition {0,1} {2}'],
  [{ type: 'change-membership', voters: [0, 1], learners: [] }, 'change-membership: voters {0,1}'],
  [{ type: 'change-membership', voters: [0], learners: [1, 2] }, 'change-membership: voters {0}, learners {1,2}'],
  [{ type: 'transfer-leadership', to: 2 }, 'transfer-leadership to node 2'],
  [{ type: 'set-rules', rulesOff: [] }, 'set-rules: all on'],
  [{ type: 'set-rules', rulesOff: ['pre-vote', 'no-amnesia'] }, 'set-rules: pre-vote, no-amnesia off'],
  [{ type: 'set-retention', retainEntries: 10 }, 'set-retention 10'],
  [{ type: 'set-disk', node: 0, disk: { kind: 'stuck' } }, 'set-disk 0 {kind:stuck}'],
  [{ type: 'clear-fault', faultRule: 'slow' }, 'clear-fault slow'],
])('%j: %s', (command, text) => {
  expect(describeCommand(command)).toBe(text);
});

it('says what a fault does', () => {
  const rule = { id: 'loss', link: { from: 0, to: 1 }, action: { kind: 'drop', percent: 30 } } as const;
  expect(describeCommand({ type: 'set-fault', rule })).toMatch(/^set-fault .*30/);
});
