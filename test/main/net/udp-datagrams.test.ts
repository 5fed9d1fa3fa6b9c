import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { ListenError, openUdpDatagrams, type UdpDatagrams } from '../../../main/net/udp-datagrams.ts';
import { limits, type Address } from '../../../shared/cluster-config.ts';
import { until } from '../../support/until.ts';

/** Some containers have no IPv6. */
const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
);
const loopbacks = hasIpv6 ? ['127.0.0.1', '::1'] : ['127.0.0.1'];

const opened: UdpDatagrams[] = [];

async function open(host = '127.0.0.1', port = 0): Promise<UdpDatagrams> {
  const datagrams = await openUdpDatagrams({ host, port });
  opened.push(datagrams);
  return datagrams;
}

afterEach(async () => {
  for (const datagrams of opened) datagrams.close();
  await Promise.all(opened.map(({ closed }) => closed));
  opened.length = 0;
});

async function errorOf(opening: Promise<unknown>): Promise<ListenError> {
  const error = await opening.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(error instanceof ListenError)) throw new TypeError(`not a ListenError: ${String(error)}`);
  return error;
}

describe('UDP datagrams', () => {
  it.each(loopbacks)('carry bytes both ways on %s and say where they come from', async (host) => {
    const [left, right] = [await open(host), await open(host)];
    const heard: { bytes: Uint8Array; from: Address }[] = [];
    for (const side of [left, right])
      side.onDatagram((bytes, from) => heard.push({ bytes: Uint8Array.from(bytes), from }));
    left.send(new Uint8Array([1, 2, 3]), right.localAddress);
    await until(() => heard.length === 1);
    right.send(new Uint8Array(0), left.localAddress);
    await until(() => heard.length === 2);
    expect(heard).toEqual([
      { bytes: new Uint8Array([1, 2, 3]), from: left.localAddress },
      { bytes: new Uint8Array(0), from: right.localAddress },
    ]);
    expect(left.localAddress).toEqual({ host, port: expect.any(Number) });
    expect(left.localAddress.port).toBeGreaterThan(0);
  });

  it('carry the largest datagram that the limits allow', async () => {
    const [left, right] = [await open(), await open()];
    const lengths: number[] = [];
    right.onDatagram((bytes) => lengths.push(bytes.byteLength));
    left.send(new Uint8Array(limits.datagramBytesMax), right.localAddress);
    await until(() => lengths.length === 1);
    expect(lengths).toEqual([limits.datagramBytesMax]);
    expect(right.receiveBufferBytes).toBeGreaterThanOrEqual(65_536);
    expect(right.sendBufferBytes).toBeGreaterThanOrEqual(65_536);
  });

  it('say which port is taken and what to do', async () => {
    const { localAddress } = await open();
    const error = await errorOf(openUdpDatagrams(localAddress));
    expect(error).toMatchObject({ code: 'port-taken', address: localAddress });
    expect(error.message).toBe(
      `127.0.0.1:${localAddress.port} is taken by another program. Stop that program or choose another port.`,
    );
  });

  it('say that no interface has the address', async () => {
    // TEST-NET-1 of RFC 5737: never an address of a machine.
    const error = await errorOf(openUdpDatagrams({ host: '192.0.2.1', port: 0 }));
    expect(error.code).toBe('address-unavailable');
    expect(error.message).toContain('192.0.2.1');
  });

  it.each([
    ['localhost', 0],
    ['', 0],
    ['127.0.0.1', 65_536],
    ['127.0.0.1', -1],
    ['127.0.0.1', 0.5],
  ])('refuse to listen at %j port %d: names are not looked up', async (host, port) => {
    expect((await errorOf(openUdpDatagrams({ host, port }))).code).toBe('not-an-address');
  });

  it('give the port back when they are closed', async () => {
    const first = await open();
    first.close();
    first.close();
    await first.closed;
    const again = await open('127.0.0.1', first.localAddress.port);
    expect(again.localAddress).toEqual(first.localAddress);
  });

  it.each([
    ['more than UDP can carry', new Uint8Array(70_000), { host: '127.0.0.1', port: 9 }, 'EMSGSIZE'],
    ['to port 0', new Uint8Array(1), { host: '127.0.0.1', port: 0 }, 'ERR_SOCKET_BAD_PORT'],
    ['to an address of the other family', new Uint8Array(1), { host: '::1', port: 9 }, 'EINVAL'],
  ])('report what the system will not send: %s', async (_what, bytes, to, code) => {
    const datagrams = await open();
    const errors: unknown[][] = [];
    datagrams.onSendError((...given) => errors.push(given));
    datagrams.send(bytes, to);
    await until(() => errors.length === 1);
    expect(errors).toEqual([[expect.any(Error), to, bytes]]);
    expect(errors[0]?.[0]).toMatchObject({ code });
  });

  it('lose what nobody listens for without a word', async () => {
    const [left, right, gone] = [await open(), await open(), await open()];
    const heard: number[] = [];
    const errors: Error[] = [];
    right.onDatagram((bytes) => heard.push(bytes.byteLength));
    left.onSendError((error) => errors.push(error));
    gone.close();
    await gone.closed;
    left.send(new Uint8Array(1), gone.localAddress);
    left.send(new Uint8Array(2), right.localAddress);
    await until(() => heard.length === 1);
    expect(errors).toEqual([]);
  });

  it('send nothing after they are closed, and do not complain', async () => {
    const [left, right] = [await open(), await open()];
    const heard: number[] = [];
    right.onDatagram((bytes) => heard.push(bytes.byteLength));
    const errors: Error[] = [];
    left.onSendError((error) => errors.push(error));
    left.close();
    left.send(new Uint8Array(1), right.localAddress);
    right.send(new Uint8Array(2), right.localAddress);
    await until(() => heard.length > 0);
    expect([heard, errors]).toEqual([[2], []]);
  });
});
