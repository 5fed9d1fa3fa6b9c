import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readAddress, readKey, requireKeyBeyondLoopback } from '../../../../main/hosts/cli/read-address.ts';
import { formatKeyText, localClusterKey } from '../../../../main/node/key-text.ts';

describe('an address on a command line', () => {
  it('is IPv4 or IPv6, in the form in which it comes back from the system', () => {
    expect(readAddress('--to', '127.0.0.1:11110')).toEqual({ host: '127.0.0.1', port: 11_110 });
    expect(readAddress('--to', '[0:0::1]:1')).toEqual({ host: '::1', port: 1 });
    expect(readAddress('--to', '[FE80::A]:65535')).toEqual({ host: 'fe80::a', port: 65_535 });
    expect(readAddress('--listen', '127.0.0.1:0', 0)).toEqual({ host: '127.0.0.1', port: 0 });
  });

  it.each([
    ['127.0.0.1', '--to: "127.0.0.1" is no address. Write HOST:PORT'],
    ['::1:11110', '--to: "::1:11110" is no address. Write HOST:PORT'],
    ['127.0.0.1:65536', 'is no address'],
    ['127.0.0.1:0', '--to: "127.0.0.1:0" needs a port from 1 to 65535.'],
    ['localhost:11110', '--to: "localhost" is no literal IPv4 or IPv6 address. Write one, like 127.0.0.1:11110'],
    ['[1.2.3]:1', 'is no literal'],
    ['256.0.0.1:1', 'is no literal'],
    ['', 'is no address'],
  ])('%j is refused', (text, message) => {
    expect(() => readAddress('--to', text)).toThrow(message);
  });
});

describe('a key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'raft-lab-key-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const here = { host: '127.0.0.1', port: 1 };
  const there = { host: '10.0.0.1', port: 11_110 };

  it('is asked for as soon as one address is reached from elsewhere', () => {
    expect(() => requireKeyBeyondLoopback('node', undefined, [here, there])).toThrow(
      'node: 10.0.0.1:11110 can be reached from other machines, so the cluster needs a key. Make one with raft-lab key',
    );
    expect(() => requireKeyBeyondLoopback('node', 'file', [here, there])).not.toThrow();
    expect(() => requireKeyBeyondLoopback('node', undefined, [here, { host: '::1', port: 1 }])).not.toThrow();
    expect(readKey(undefined)).toBe(localClusterKey);
  });

  it('is read from its file, and nothing else is taken for one', () => {
    const file = join(folder, 'cluster.key');
    const own = { clusterId: '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed', key: new Uint8Array(32).fill(9) };
    writeFileSync(file, formatKeyText(own));
    expect(readKey(file)).toEqual(own);
    writeFileSync(file, 'secret');
    expect(() => readKey(file)).toThrow(`--key ${file}: It does not hold a key`);
    expect(() => readKey(join(folder, 'none'))).toThrow(
      /--key .*none can't be read: ENOENT.*raft-lab key FILE makes one/,
    );
  });
});
