import { expect, it } from 'vitest';
import { parseAddress } from '../../../main/node/parse-address.ts';

it.each([
  ['127.0.0.1:11110', { host: '127.0.0.1', port: 11110 }],
  ['[::1]:11110', { host: '::1', port: 11110 }],
  ['[::ffff:10.0.0.1]:1', { host: '::ffff:10.0.0.1', port: 1 }],
  ['0.0.0.0:0', { host: '0.0.0.0', port: 0 }],
  ['10.1.2.3:65535', { host: '10.1.2.3', port: 65535 }],
])('reads %s', (text, address) => {
  expect(parseAddress(text)).toEqual(address);
});

it.each([
  '',
  '127.0.0.1',
  ':11110',
  '127.0.0.1:',
  '127.0.0.1:65536',
  '127.0.0.1:-1',
  '::1:11110',
  '[::1]',
  '127.0.0.1:1x',
])('shows what is expected instead of "%s"', (text) => {
  expect(() => parseAddress(text)).toThrow(`"${text}" is no address. Write HOST:PORT, like 127.0.0.1:11110`);
});
