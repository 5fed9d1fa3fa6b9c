import { expect, it } from 'vitest';
import { TellingLimit } from '../../../main/net/telling-limit.ts';
import { limits } from '../../../shared/cluster-config.ts';
import type { EventBody } from '../../../shared/event.ts';

function makeLimit(perSecond: number) {
  const told: string[] = [];
  let nowNs = 0;
  const emit = (event: EventBody): void => {
    if (event.type === 'send-failed') told.push(event.reason);
    if (event.type === 'sends-failed') told.push(`${event.count} more: ${event.reason}`);
  };
  const limit = new TellingLimit(emit, () => nowNs, perSecond);
  return {
    limit,
    tell: (kind: string, reason: string) =>
      limit.tell(
        kind,
        10,
        () => ({ type: 'send-failed', to: 1, datagram: 0, reason }),
        (count, bytes) => ({ type: 'sends-failed', to: 1, count, reason: `${reason}, ${bytes} bytes` }),
      ),
    pass: (ms: number) => (nowNs += ms * 1e6),
    take: () => told.splice(0),
  };
}

it('tells the first of a second one by one, and the rest as one when the second is over', () => {
  const { limit, tell, pass, take } = makeLimit(2);
  for (const reason of ['a', 'b', 'c', 'd']) tell('x', reason);
  expect(take()).toEqual(['a', 'b']);
  pass(999);
  limit.pulse();
  expect(take()).toEqual([]);
  pass(1);
  limit.pulse();
  limit.pulse();
  expect(take()).toEqual(['2 more: d, 20 bytes']);
  tell('x', 'e');
  expect(take()).toEqual(['e']);
});

it('tells the rest before the first of the next second, without a pulse too', () => {
  const { tell, pass, take } = makeLimit(1);
  tell('x', 'a');
  tell('x', 'b');
  pass(1_500);
  tell('x', 'c');
  expect(take()).toEqual(['a', '1 more: b, 10 bytes', 'c']);
});

it('counts each kind for itself, and tells what is left at the end', () => {
  const { limit, tell, pass, take } = makeLimit(1);
  tell('x', 'a');
  tell('x', 'b');
  pass(600);
  tell('y', 'c');
  tell('y', 'd');
  pass(600);
  limit.pulse();
  expect(take()).toEqual(['a', 'c', '1 more: b, 10 bytes']);
  limit.finish();
  limit.finish();
  expect(take()).toEqual(['1 more: d, 10 bytes']);
});

it('says nothing of what is worth no word until there is much of it', () => {
  const told: EventBody[] = [];
  const limit = new TellingLimit(
    (event) => told.push(event),
    () => 0,
    1,
  );
  const rest = (count: number) => ({ type: 'sends-failed', to: 1, count, reason: 'r' }) as const;
  for (let done = 0; done < limits.controlsUntoldPerSecondMax + 3; done += 1) limit.tell('x', 0, undefined, rest);
  limit.finish();
  expect(told).toEqual([{ type: 'sends-failed', to: 1, count: 3, reason: 'r' }]);
});
