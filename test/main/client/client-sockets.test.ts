import { expect, it } from 'vitest';
import { ClientSockets, listenHostFor } from '../../../main/client/client-sockets.ts';
import { openUdpDatagrams } from '../../../main/net/udp-datagrams.ts';
import type { Address } from '../../../shared/cluster-config.ts';
import { until } from '../../support/until.ts';

it.each([
  ['127.0.0.1', '127.0.0.1'],
  ['127.3.2.1', '127.0.0.1'],
  ['10.0.0.1', '0.0.0.0'],
  ['::1', '::1'],
  ['fd00::1', '::'],
])('for %s it listens on %s', (host, listens) => {
  expect(listenHostFor({ host, port: 1 })).toBe(listens);
});

it('opens a socket for a reach when it is needed first, and keeps what is sent meanwhile', async () => {
  const other = await openUdpDatagrams({ host: '127.0.0.1', port: 0 });
  const heard: string[] = [];
  let from: Address | undefined;
  other.onDatagram((bytes, address) => {
    heard.push(Buffer.from(bytes).toString());
    from = address;
  });
  const sockets = new ClientSockets();
  const answers: string[] = [];
  sockets.onDatagram((bytes) => answers.push(Buffer.from(bytes).toString()));
  sockets.send(Buffer.from('one'), other.localAddress);
  sockets.send(Buffer.from('two'), other.localAddress);
  const back = await until(() => (heard.length === 2 ? from : undefined), 'both datagrams');
  expect(heard).toEqual(['one', 'two']);
  expect(back.host).toBe('127.0.0.1');
  expect(sockets.receiveBufferBytes).toBeLessThan(Infinity);
  other.send(Buffer.from('back'), back);
  expect(await until(() => answers.length > 0 && answers)).toEqual(['back']);
  other.close();
  sockets.close();
  sockets.send(Buffer.from('late'), other.localAddress);
  await Promise.all([other.closed, sockets.closed()]);
});
