import { expect, it } from 'vitest';
import { describeCommand } from '../../../main/scenario/describe-command.ts';

it('says a command in a few words', () => {
  const link = { from: 0, to: 1 };
  const texts = [
    describeCommand({ type: 'crash-node', node: 2 }),
    describeCommand({ type: 'heal-all' }),
    describeCommand({ type: 'append', node: 0, entries: ['one', Uint8Array.of(1, 2), 'x'.repeat(50), 'four'] }),
    describeCommand({ type: 'index-range', node: 0, startIndex: 1, endIndex: 9 }),
    describeCommand({ type: 'cut-link', link }),
    describeCommand({ type: 'partition', groups: [[0, 1], [2]] }),
    describeCommand({ type: 'change-membership', voters: [0, 1], learners: [2] }),
    describeCommand({ type: 'transfer-leadership', to: 1 }),
    describeCommand({ type: 'set-rules', rulesOff: [] }),
    describeCommand({ type: 'set-rules', rulesOff: ['pre-vote'] }),
    describeCommand({ type: 'set-disk', node: 0, disk: { kind: 'stuck' } }),
  ];
  expect(texts).toEqual([
    'crash-node 2',
    'heal-all',
    `append at node 0: “one”, 2 bytes, “${'x'.repeat(40)}…” … (4 entries)`,
    'linearizable read of 1..9 at node 0',
    'cut-link 0 → 1',
    'partition {0,1} {2}',
    'change-membership: voters {0,1}, learners {2}',
    'transfer-leadership to node 1',
    'set-rules: all on',
    'set-rules: pre-vote off',
    'set-disk 0 {kind:stuck}',
  ]);
  const fault = describeCommand({ type: 'set-fault', rule: { id: 'x', link, action: { kind: 'drop', percent: 30 } } });
  expect(fault).toMatch(/^set-fault .*30/);
});
