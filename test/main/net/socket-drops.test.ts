import { expect, it } from 'vitest';
import { openUdpDatagrams } from '../../../main/net/udp-datagrams.ts';
import { findDrops } from '../../../main/net/socket-drops.ts';
import { until } from '../../support/until.ts';

// Addresses stand there in this machine's byte order; these are of little-endian ones.
const table = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  304: 0100007F:2B66 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 12345 2 0000000000000000 17
  305: 0200007F:2B66 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 12346 2 0000000000000000 3
  306: 00000000000000000000000001000000:2B67 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 12347 2 0000000000000000 5
`;

it('finds a socket by its address, or by its port alone where that says it', () => {
  expect(findDrops(table, { host: '127.0.0.1', port: 11_110 })).toBe(17);
  expect(findDrops(table, { host: '127.0.0.2', port: 11_110 })).toBe(3);
  expect(findDrops(table, { host: '::1', port: 11_111 })).toBe(5);
  expect(findDrops(table, { host: '::1', port: 11_110 })).toBeUndefined();
  expect(findDrops(table, { host: '127.0.0.1', port: 1 })).toBeUndefined();
  expect(findDrops('', { host: '127.0.0.1', port: 11_110 })).toBeUndefined();
});

it('counts what a full receive buffer threw away', async (context) => {
  if (process.platform !== 'linux') context.skip('only Linux says what it threw away, socket by socket');
  const [receiver, sender] = await Promise.all([0, 0].map((port) => openUdpDatagrams({ host: '127.0.0.1', port })));
  if (receiver === undefined || sender === undefined) throw new Error('two sockets were asked for');
  let received = 0;
  receiver.onDatagram(() => (received += 1));
  expect(receiver.overflowed()).toBe(0);
  // More than any buffer that was asked for; nobody reads in between.
  const count = Math.ceil((2 * receiver.receiveBufferBytes) / 60_000) + 50;
  for (let sent = 0; sent < count; sent += 1) sender.send(new Uint8Array(60_000), receiver.localAddress);
  await until(() => received + (receiver.overflowed() ?? 0) === count);
  expect(receiver.overflowed()).toBeGreaterThan(0);
  receiver.close();
  expect(receiver.overflowed()).toBeUndefined();
  sender.close();
  await Promise.all([receiver.closed, sender.closed]);
});
