import { expect, it } from 'vitest';
import { fail } from '../../../shared/result.ts';
import { AskedRequests } from '../../../main/sim/asked-requests.ts';

it('answers each request once, and gives up those that are left in their order', () => {
  const asked = new AskedRequests();
  const answers: string[] = [];
  for (const id of ['a', 'b', 'c']) asked.add(id, ({ ok }) => answers.push(`${id} ${ok}`));
  const good = { ok: true, value: { kind: 'open-session', sessionId: 1 } } as const;
  asked.answer('b', good);
  asked.answer('b', good);
  asked.giveUp({ code: 'timed-out', message: 'gone' });
  asked.answer('a', fail('internal', 'late'));
  expect(answers).toEqual(['b true', 'a false', 'c false']);
});
