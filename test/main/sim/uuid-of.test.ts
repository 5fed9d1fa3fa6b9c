import { validate, version } from 'uuid';
import { expect, it } from 'vitest';
import { uuidOf } from '../../../main/sim/uuid-of.ts';

it('is a uuid, another one for other numbers', () => {
  const uuids = [uuidOf(0, 0), uuidOf(1, 0), uuidOf(0, 1), uuidOf(-1, 65_536)];
  expect(new Set(uuids).size).toBe(uuids.length);
  for (const uuid of uuids) expect([validate(uuid), version(uuid)]).toEqual([true, 4]);
});
