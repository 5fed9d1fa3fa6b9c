import { expect, it } from 'vitest';
import { search } from '../../../../main/sim/explore/search.ts';
import { transcribe } from '../../../../main/sim/explore/transcript.ts';

it('tells the way to a broken promise move by move, with what the servers say', () => {
  const bounds = { servers: 3, termMax: 1, proposalsMax: 0, crashesMax: 0 };
  const { violation, flights } = search({ bounds, rulesOff: ['one-vote-per-term'] });
  const text = transcribe(violation?.moves ?? [], flights, { servers: 3, rulesOff: ['one-vote-per-term'] });
  expect(text).toMatch(/^1\. server \d: its timer fires$/m);
  expect(text).toMatch(/the request-vote of server \d arrives/);
  expect(text).toMatch(/rule one-vote-per-term|one-vote-per-term/);
});
