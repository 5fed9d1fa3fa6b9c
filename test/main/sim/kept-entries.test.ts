import { expect, it } from 'vitest';
import { findLoss } from '../../../main/sim/kept-entries.ts';
import { makePayload } from '../../../main/sim/payload.ts';
import { startWithLeader } from '../../support/sim-cluster.ts';

it('finds an acknowledged entry that is another one, or missing, and nothing where all is well', () => {
  const { leader, nodes, desk, runFor } = startWithLeader();
  let firstIndex = 0;
  desk.ask(leader, 1, { kind: 'append', entries: [makePayload(5, 8), makePayload(6, 8)] }, 500, (result) => {
    if (result.ok && result.value.kind === 'append') firstIndex = result.value.firstIndex;
  });
  runFor(200);
  const term = leader.state?.term ?? 0;
  expect(firstIndex).toBeGreaterThan(0);
  expect(findLoss([{ firstIndex, term, numbers: [5, 6] }], leader, nodes)).toBeUndefined();
  expect(findLoss([{ firstIndex, term, numbers: [6, 5] }], leader, nodes)).toContain('is another one');
  expect(findLoss([{ firstIndex, term: term + 1, numbers: [5] }], leader, nodes)).toContain('is another one');
  expect(findLoss([{ firstIndex, term, numbers: [5, 6, 7] }], leader, nodes)).toContain('the log ends before');
});
