import { expect, it } from 'vitest';
import { ListenError } from '../../../main/net/udp-datagrams.ts';
import { whyNotStarted } from '../../../main/node/why-not-started.ts';
import { StorageError } from '../../../main/ports.ts';

const address = { host: '127.0.0.1', port: 12_000 };

it.each([
  ['port-taken', 'port-taken'],
  // Another block of ports may do there, too.
  ['port-forbidden', 'port-taken'],
  ['address-unavailable', 'address-unusable'],
  ['not-an-address', 'address-unusable'],
  ['io', 'address-unusable'],
] as const)('an address that refuses with %s is %s', (refusal, code) => {
  expect(whyNotStarted(new ListenError(refusal, address, 'A sentence.'))).toEqual({ code, reason: 'A sentence.' });
});

it.each([
  ['locked', 'folder-locked'],
  ['damaged', 'log-damaged'],
  ['unwritable', 'folder-unusable'],
  ['full', 'disk-failed'],
  ['io', 'disk-failed'],
] as const)('a folder that is %s is %s', (refusal, code) => {
  expect(whyNotStarted(new StorageError(refusal, '/f', 'A sentence.'))).toEqual({ code, reason: 'A sentence.' });
});

it('an error of our own code is told with its stack, and whatever else was thrown as text', () => {
  const error = new Error('Oh.');
  expect(whyNotStarted(error)).toEqual({ code: 'internal', reason: error.stack });
  delete error.stack;
  expect(whyNotStarted(error)).toEqual({ code: 'internal', reason: 'Oh.' });
  expect(whyNotStarted('Oh.')).toEqual({ code: 'internal', reason: 'Oh.' });
});
