/** UDP ports that another program has. */
import { randomInt } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

export class TakenPorts {
  readonly #sockets: Socket[] = [];

  async take(port: number): Promise<void> {
    const socket = createSocket('udp4');
    this.#sockets.push(socket);
    socket.bind(port, '127.0.0.1');
    await once(socket, 'listening');
  }

  releaseAll(): void {
    for (const socket of this.#sockets.splice(0)) socket.close();
  }
}

/** A first port whose block and the next one nothing else of a test run asks for. */
export function quietBasePort(): number {
  return randomInt(1_500, 1_580) * 20;
}
