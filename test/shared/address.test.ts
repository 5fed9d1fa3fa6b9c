import { expect, it } from 'vitest';
import { formatAddress, isLoopback, sameAddress } from '../../shared/address.ts';

it('an address is written as one writes it', () => {
  expect(formatAddress({ host: '127.0.0.1', port: 11_110 })).toBe('127.0.0.1:11110');
  expect(formatAddress({ host: '::1', port: 11_110 })).toBe('[::1]:11110');
});

it('two addresses are the same when host and port are', () => {
  const address = { host: '127.0.0.1', port: 1 };
  expect(sameAddress(address, { ...address })).toBe(true);
  expect(sameAddress(address, { ...address, port: 2 })).toBe(false);
  expect(sameAddress(address, { ...address, host: '127.0.0.2' })).toBe(false);
});

it('tells what only this machine reaches', () => {
  const areLoopback = (...hosts: string[]) => hosts.map((host) => isLoopback({ host, port: 1 }));
  expect(areLoopback('127.0.0.1', '127.8.9.10', '::1')).toEqual([true, true, true]);
  expect(areLoopback('10.127.0.1', '192.168.0.1', '0.0.0.0', '::', 'fe80::1')).not.toContain(true);
});
