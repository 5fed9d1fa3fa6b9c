/**
 * One connected page: greets it, carries its commands and queries to the world and the answers back, and streams events to it as fast
 * as it takes them in. Whatever a page sends, the lab goes on.
 */
import { assertNever } from '../../shared/assert.ts';
import { bridgeProtocol, type FrameChannel, type LabFrame, type PageFrame } from '../../shared/bridge.ts';
import { limits } from '../../shared/cluster-config.ts';
import { fail, type Result } from '../../shared/result.ts';
import { packedBytesOf } from '../session/packed-result.ts';
import type { EventBroadcast, EventReceiver } from './event-broadcast.ts';
import { decodePageFrame, encodeLabFrame } from './frame-codec.ts';
import { StreamCredits } from './stream-credits.ts';
import type { World } from './world.ts';

export interface BridgeSessionOptions {
  readonly channel: FrameChannel;
  readonly world: Pick<World, 'execute' | 'query' | 'snapshot'>;
  readonly broadcast: EventBroadcast;
  /** The application's version, for `welcome`. */
  readonly version: string;
  /** Called once when the channel has closed, from whichever side. */
  readonly onClosed: () => void;
}

export class BridgeSession implements EventReceiver {
  readonly #options: BridgeSessionOptions;
  readonly #credits = new StreamCredits(limits.unacknowledgedFramesMax);
  #state: 'new' | 'welcomed' | 'closed' = 'new';
  #badFrames = 0;
  #worksInFlight = 0;

  constructor(options: BridgeSessionOptions) {
    this.#options = options;
    options.channel.onFrame((bytes) => this.#receive(bytes));
    options.channel.onClose(() => this.#closed());
  }

  /** Frames from this page that made no sense. */
  get badFrames(): number {
    return this.#badFrames;
  }

  /** Says why and closes. */
  refuse(reason: string): void {
    this.#send({ type: 'refused', reason });
    this.close();
  }

  close(): void {
    if (this.#state === 'closed') return;
    this.#options.channel.close();
    this.#closed();
  }

  /** Another world was opened: the page begins anew from its snapshot. */
  beginAnew(): void {
    if (this.#state === 'welcomed') this.#sendGap();
  }

  takeEvents(frame: number, bytes: Uint8Array, count: number): void {
    if (this.#state !== 'welcomed') return;
    if (this.#credits.open) {
      this.#options.channel.send(bytes);
      this.#credits.sent(frame);
    } else {
      this.#credits.leaveOut(count);
    }
  }

  #receive(bytes: Uint8Array): void {
    if (this.#state === 'closed') return;
    const decoded = decodePageFrame(bytes);
    if (!decoded.ok) {
      if (decoded.commandId !== undefined && this.#state === 'welcomed')
        this.#answer(decoded.commandId, fail('invalid', decoded.problem));
      this.#bad(decoded.problem);
    } else if (this.#state === 'new') {
      this.#greet(decoded.frame);
    } else {
      this.#take(decoded.frame);
    }
  }

  #greet(frame: PageFrame): void {
    if (frame.type !== 'hello') return this.#bad(`The first frame must be hello, not ${frame.type}.`);
    if (frame.protocol !== bridgeProtocol) {
      return this.refuse(
        `This page speaks version ${frame.protocol} of the bridge, the lab speaks version ${bridgeProtocol}. Reload the page, or use the page that came with the lab.`,
      );
    }
    const { broadcast, world, version } = this.#options;
    // What waits to be sent is in the snapshot: it goes to the others first.
    broadcast.flush();
    this.#state = 'welcomed';
    broadcast.add(this);
    this.#send({ type: 'welcome', protocol: bridgeProtocol, version, snapshot: world.snapshot() });
  }

  #take(frame: PageFrame): void {
    switch (frame.type) {
      case 'hello':
        return this.#bad('hello was said before.');
      case 'acknowledge':
        return this.#acknowledge(frame.frame);
      case 'command':
        return void this.#carryOut(frame.id, 'commands', () => this.#options.world.execute(frame.command));
      case 'query':
        return void this.#carryOut(frame.id, 'queries', () => this.#options.world.query(frame.query));
      default:
        return assertNever(frame, 'a page frame');
    }
  }

  #acknowledge(frame: number): void {
    if (!this.#credits.acknowledge(frame)) return this.#bad(`Frame ${frame} was acknowledged before it was sent.`);
    if (!this.#credits.caughtUp) return;
    // What waits is left out as well: the snapshot holds it.
    this.#options.broadcast.flush();
    this.#sendGap();
  }

  #sendGap(): void {
    const { broadcast, world } = this.#options;
    const number = broadcast.nextFrame();
    this.#send({ type: 'gap', frame: number, missed: this.#credits.missed, snapshot: world.snapshot() });
    this.#credits.gapSent(number);
  }

  async #carryOut(id: number, what: string, work: () => Promise<Result<unknown>>): Promise<void> {
    if (this.#worksInFlight >= limits.commandsInFlightMax) {
      return this.#answer(
        id,
        fail(
          'overloaded',
          `${limits.commandsInFlightMax} ${what} of this page are being worked on. Ask again when some are answered.`,
        ),
      );
    }
    this.#worksInFlight += 1;
    const result = await work();
    this.#worksInFlight -= 1;
    this.#answer(id, result);
  }

  #answer(id: number, result: Result<unknown>): void {
    const packed = packedBytesOf(result);
    this.#send(packed ? { type: 'packed-answer', id, packed } : { type: 'answer', id, result });
  }

  #bad(problem: string): void {
    this.#badFrames += 1;
    if (this.#badFrames >= limits.badFramesMax) {
      this.refuse(`${limits.badFramesMax} frames of this page made no sense, the last one because: ${problem}`);
    }
  }

  #send(frame: LabFrame): void {
    if (this.#state !== 'closed') this.#options.channel.send(encodeLabFrame(frame));
  }

  #closed(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#options.broadcast.remove(this);
    this.#options.onClosed();
  }
}
