import { expect, it } from 'vitest';
import { readTrace } from '../../../main/proof/traced-calls.ts';

/** As `strace -xx` writes text. */
const hex = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

it('reads writes with their place, flushes, and datagrams in whatever call they left', () => {
  const log = hex('/d/log-00000001.seg');
  const iov = (...parts: string[]): string =>
    `msg_iov=[${parts.map((part) => `{iov_base="${hex(part)}", iov_len=${part.length}}`).join(', ')}], msg_iovlen=${parts.length}`;
  const calls = readTrace(
    [
      `write(17<${hex('anon_inode:[eventfd]')}>, "${hex('x')}", 1) = 1`,
      `pwrite64(22<${log}>, "${hex('a"\n')}", 3, 84) = 3`,
      `pwrite64(22<${log}>, "${hex('abc')}", 3, 87) = 2`,
      `fdatasync(22<${log}>)                       = 0`,
      `fdatasync(22<${log}>) = -1 EIO (Input/output error)`,
      `sendto(9<${hex('socket:[1]')}>, "${hex('one')}", 3, 0, NULL, 0) = 3`,
      `sendmsg(9<${hex('socket:[1]')}>, {msg_name={}, msg_namelen=16, ${iov('tw', 'o')}, msg_flags=0}, 0) = 3`,
      `sendmmsg(9<${hex('socket:[1]')}>, [{msg_hdr={${iov('three')}}, msg_len=5}, {msg_hdr={${iov('four')}}, msg_len=4}], 2, 0) = 2`,
      '+++ exited with 0 +++',
    ].join('\n'),
  );
  const path = '/d/log-00000001.seg';
  expect(calls.map((call) => ('bytes' in call ? { ...call, bytes: new Uint8Array(call.bytes) } : call))).toEqual([
    { call: 'write', path, offset: 84, bytes: bytes('a"\n') },
    { call: 'write', path, offset: 87, bytes: bytes('ab') },
    { call: 'sync', path, ok: true },
    { call: 'sync', path, ok: false },
    ...['one', 'two', 'three', 'four'].map((text) => ({ call: 'send', bytes: bytes(text) })),
  ]);
});
