/**
 * Ports of 127.0.0.1 for tests: away from the app's own (11110 and on) and below those that systems give out by themselves.
 * Single ones come from 12,000 to 20,000, a cluster's blocks from 20,000 to 30,000, quiet ones from above.
 */
import { randomInt } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { findFreePortBlock } from '../../main/net/udp-port-block.ts';

/** The test files that run side by side each draw from their own ports: none takes one of another while its node is down. */
const shares = 8;
const share = Number(process.env['VITEST_POOL_ID'] ?? 0) % shares;

function draw(from: number, to: number, step: number): number {
  const count = Math.floor((to - from) / step / shares);
  return from + (share * count + randomInt(count)) * step;
}

/**
 * Ports of 127.0.0.1 that are free, below those that systems give out by themselves: another test that asks for any port
 * does not get one of these while its node is down.
 */
export async function findFreePorts(count: number): Promise<number[]> {
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const socket = createSocket('udp4');
    const isFree = new Promise<boolean>((resolve) => {
      socket.once('listening', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.bind(draw(12_000, 20_000, 1), '127.0.0.1');
    if (await isFree) sockets.push(socket);
    else socket.close();
  }
  const ports = sockets.map((socket) => socket.address().port);
  for (const socket of sockets) {
    socket.close();
    await once(socket, 'close');
  }
  return ports;
}

/** First port of a block that is probably free; the lab moves on when it is not. */
export function testBasePort(): number {
  return draw(20_000, 30_000, 10);
}

/** Nine consecutive ports that were free a moment ago, away from the product's own. */
export async function freeBasePort(): Promise<number> {
  const basePort = testBasePort();
  const block = await findFreePortBlock({ host: '127.0.0.1', basePort, count: 9, step: 10, blocksMax: 200 });
  if (!block.ok) throw new Error(block.failure.message);
  return block.value.basePort;
}

/** A first port whose block and the next one nothing else of a test run asks for. */
export function quietBasePort(): number {
  return draw(30_000, 31_600, 20);
}
