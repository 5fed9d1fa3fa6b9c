import { expect, it } from 'vitest';
import { atOnce } from '../../../../../main/sim/lab/commands/command-handlers.ts';

it('answers at once', () => {
  const answers: unknown[] = [];
  atOnce<'start-node'>(({ node }) => ({ ok: false, failure: { code: 'invalid', message: `no ${node}` } }))(
    { type: 'start-node', node: 4 },
    (result) => answers.push(result),
  );
  expect(answers).toEqual([{ ok: false, failure: { code: 'invalid', message: 'no 4' } }]);
});
