/** All pages that are connected to one lab, whichever world it shows. */
import type { FrameChannel } from '../../shared/bridge.ts';
import { limits } from '../../shared/cluster-config.ts';
import { BridgeSession } from './bridge-session.ts';
import { EventBroadcast } from './event-broadcast.ts';
import type { World } from './world.ts';

export class Bridge {
  readonly #world: World;
  readonly #version: string;
  readonly #broadcast: EventBroadcast;
  readonly #unsubscribe: () => void;
  readonly #sessions = new Set<BridgeSession>();

  /** @param version of the application, for `welcome`. */
  constructor(world: World, version: string) {
    this.#world = world;
    this.#version = version;
    this.#broadcast = new EventBroadcast(world);
    this.#unsubscribe = world.onReplaced(() => this.#beginAnew());
  }

  get pages(): number {
    return this.#sessions.size;
  }

  /** Serves the page at the other end until the channel closes. */
  connect(channel: FrameChannel): void {
    const session = new BridgeSession({
      channel,
      world: this.#world,
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
    this.#unsubscribe();
    this.#broadcast.close();
    for (const session of this.#sessions) session.close();
  }

  #beginAnew(): void {
    this.#broadcast.flush();
    for (const session of this.#sessions) session.beginAnew();
  }
}
