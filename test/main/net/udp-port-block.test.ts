import { afterEach, describe, expect, it } from 'vitest';
import { openUdpDatagrams, type UdpDatagrams } from '../../../main/net/udp-datagrams.ts';
import { findFreePortBlock, type PortBlockWanted } from '../../../main/net/udp-port-block.ts';

const opened: UdpDatagrams[] = [];

/** A port that is taken, with room for blocks above it. */
async function takePort(): Promise<number> {
  const datagrams = await openUdpDatagrams({ host: '127.0.0.1', port: 0 });
  opened.push(datagrams);
  return datagrams.localAddress.port < 60_000 ? datagrams.localAddress.port : takePort();
}

afterEach(async () => {
  for (const datagrams of opened) datagrams.close();
  await Promise.all(opened.map(({ closed }) => closed));
  opened.length = 0;
});

const wanted = (basePort: number, change: Partial<PortBlockWanted> = {}): PortBlockWanted => ({
  host: '127.0.0.1',
  basePort,
  count: 3,
  step: 10,
  blocksMax: 50,
  ...change,
});

describe('findFreePortBlock', () => {
  it('skips a block with a port that is taken and says which', async () => {
    const port = await takePort();
    const found = await findFreePortBlock(wanted(port - 1));
    if (!found.ok) throw new Error(found.failure.message);
    const { basePort, taken } = found.value;
    expect(taken[0]).toEqual({
      basePort: port - 1,
      port,
      reason: expect.stringContaining(`127.0.0.1:${port} is taken`),
    });
    expect(basePort).toBe(port - 1 + 10 * taken.length);
  });

  it('closes its probes: the block that it found can be bound', async () => {
    const found = await findFreePortBlock(wanted(await takePort()));
    if (!found.ok) throw new Error(found.failure.message);
    for (let place = 0; place < 3; place += 1) {
      opened.push(await openUdpDatagrams({ host: '127.0.0.1', port: found.value.basePort + place }));
    }
    const next = await findFreePortBlock(wanted(found.value.basePort, { blocksMax: 1 }));
    expect(next.ok).toBe(false);
  });

  it('gives up after the blocks that it may try', async () => {
    const port = await takePort();
    expect(await findFreePortBlock(wanted(port, { blocksMax: 1 }))).toEqual({
      ok: false,
      failure: {
        code: 'unusable',
        message: `No 3 free UDP ports in a row were found from 127.0.0.1:${port} on: 1 block was tried, and this port is taken: ${port}. Stop what uses it or choose another base port.`,
      },
    });
  });

  it('does not look beyond the last port', async () => {
    const found = await findFreePortBlock(wanted(65_534));
    expect(found).toMatchObject({ failure: { code: 'unusable', message: expect.stringContaining('up to 65535') } });
  });

  it('says at once that the host is not one of this machine', async () => {
    const found = await findFreePortBlock(wanted(20_000, { host: '192.0.2.1' }));
    expect(found).toMatchObject({ failure: { code: 'unusable', message: expect.stringContaining('192.0.2.1') } });
  });
});
