import { expect, it } from 'vitest';
import { bridgeProtocol } from '../../shared/bridge.ts';
import { doorClose, doorProtocol } from '../../shared/door.ts';

it('the subprotocol names the version of the bridge that passes through the door', () => {
  expect(doorProtocol).toBe(`raft-lab.${bridgeProtocol}`);
});

it('the reasons for closing are of the range that applications may use, each its own', () => {
  const codes = Object.values(doorClose);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.every((code) => code >= 4000 && code <= 4999)).toBe(true);
});
