import { expect, it } from 'vitest';
import { validate } from 'uuid';
import { callUuid } from '../../../main/sim/call-uuid.ts';

const bootRounds = 4_294_967_296;

it('is a uuid, the same for a call and its reply', () => {
  const uuid = callUuid(1, 2, 'append-entries', 3 * bootRounds + 17);
  expect(validate(uuid)).toBe(true);
  expect(callUuid(1, 2, 'append-entries-reply', 3 * bootRounds + 17)).toBe(uuid);
});

it('differs by caller, callee, boot, round and layer', () => {
  const uuids = [
    callUuid(1, 2, 'append-entries', bootRounds + 1),
    callUuid(2, 1, 'append-entries', bootRounds + 1),
    callUuid(1, 3, 'append-entries', bootRounds + 1),
    callUuid(1, 2, 'append-entries', bootRounds + 2),
    callUuid(1, 2, 'append-entries', 2 * bootRounds + 1),
    callUuid(1, 2, 'append-entries', 70_000 * bootRounds + 1),
    callUuid(1, 2, 'append-entries', (70_000 - 65_536) * bootRounds + 1),
    callUuid(1, 2, 'append-entries', 2 * bootRounds - 1),
    callUuid(1, 2, 'forward-append', bootRounds + 1),
  ];
  expect(new Set(uuids).size).toBe(uuids.length);
  expect(uuids.every(validate)).toBe(true);
});
