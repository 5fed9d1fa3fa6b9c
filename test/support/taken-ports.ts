/** UDP ports that another program has. */
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
