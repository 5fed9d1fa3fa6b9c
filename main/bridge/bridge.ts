/** All pages that are connected to one lab. */
import type { FrameChannel } from '../../shared/bridge.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { Lab } from '../lab/lab.ts';
import { BridgeSession } from './bridge-session.ts';
import { EventBroadcast } from './event-broadcast.ts';

export class Bridge {
  readonly #lab: Lab;
  readonly #version: string;
  readonly #broadcast: EventBroadcast;
  readonly #sessions = new Set<BridgeSession>();

  /** @param version of the application, for `welcome`. */
  constructor(lab: Lab, version: string) {
    this.#lab = lab;
    this.#version = version;
    this.#broadcast = new EventBroadcast(lab);
  }

  get pages(): number {
    return this.#sessions.size;
  }

  /** Serves the page at the other end until the channel closes. */
  connect(channel: FrameChannel): void {
    const session = new BridgeSession({
      channel,
      lab: this.#lab,
      broadcast: this.#broadcast,
      version: this.#version,
      onClosed: () => this.#sessions.delete(session),
    });
    this.#sessions.add(session);
    if (this.#sessions.size > limits.pagesMax) {
      session.refuse(`${limits.pagesMax} pages are connected, which is as many as the lab serves. Close one of them.`);
    }
  }

  /** Sends what waits and says goodbye to every page. */
  close(): void {
    this.#broadcast.close();
    for (const session of this.#sessions) session.close();
  }
}
