import { expect, it } from 'vitest';
import { refuse } from '../../../main/net/decoded.ts';

it('a refusal says why, for the program and for a person', () => {
  expect(refuse('cluster', 'It belongs to another cluster.')).toEqual({
    ok: false,
    why: 'cluster',
    reason: 'It belongs to another cluster.',
  });
});
