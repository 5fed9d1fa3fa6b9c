/** The far end of the page's line to the lab, driven by hand; and a page's clock that a test moves. */
import { Packr, Unpackr } from 'msgpackr';
import type { LabFrame, PageFrame, Snapshot } from '../../shared/bridge.ts';
import { bridgeProtocol } from '../../shared/bridge.ts';
import type { LabEvent } from '../../shared/event.ts';
import { emptyClusterView } from '../../shared/projection/cluster-view.ts';
import type { ChannelEnding, OpenDoor, PageChannel } from '../../renderer/lab-client/page-channel.ts';
import { DoorError } from '../../renderer/lab-client/page-channel.ts';
import type { PageTime } from '../../renderer/lab-client/page-time.ts';

export const emptySnapshot: Snapshot = {
  session: 'session-a',
  position: 0,
  view: emptyClusterView,
  recentEvents: [],
  earlierEvents: [],
  forgottenEvents: 0,
  nowNs: 0,
};

const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true });

/** One connection, seen from the lab. */
export class LabEnd {
  readonly heard: PageFrame[] = [];
  isClosed = false;
  #onFrame: (frame: Uint8Array) => void = () => {};
  #onClose: (ending: ChannelEnding) => void = () => {};
  readonly channel: PageChannel = {
    send: (frame) => this.heard.push(unpackr.unpack(frame) as PageFrame),
    onFrame: (handler) => (this.#onFrame = handler),
    onClose: (handler) => (this.#onClose = handler),
    close: () => this.end(),
  };

  say(frame: LabFrame): void {
    this.sayBytes(new Uint8Array(new Packr({ useRecords: true }).pack(frame)));
  }
  sayBytes(bytes: Uint8Array): void {
    this.#onFrame(bytes);
  }
  welcome(snapshot: Snapshot = emptySnapshot): void {
    this.say({ type: 'welcome', protocol: bridgeProtocol, version: '1.2.3', snapshot });
  }
  events(frame: number, events: readonly LabEvent[], nowNs = 0, position = 0): void {
    this.say({ type: 'events', frame, nowNs, position, events });
  }
  end(ending: ChannelEnding = { final: false, reason: '' }): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#onClose(ending);
  }
  of<Type extends PageFrame['type']>(type: Type): Extract<PageFrame, { type: Type }>[] {
    return this.heard.filter((frame): frame is Extract<PageFrame, { type: Type }> => frame.type === type);
  }
}

/** A door behind which each opening makes a new `LabEnd`; `shut` makes it stay closed. */
export class TestDoor {
  readonly ends: LabEnd[] = [];
  shut: ChannelEnding | undefined;
  readonly open: OpenDoor = () => {
    if (this.shut) return Promise.reject(new DoorError(this.shut));
    const end = new LabEnd();
    this.ends.push(end);
    return Promise.resolve(end.channel);
  };
  get last(): LabEnd {
    const end = this.ends.at(-1);
    if (!end) throw new Error('Nobody has come through the door yet.');
    return end;
  }
}

/** Time stands still until the test moves it. */
export class HandTime implements PageTime {
  #nowMs = 0;
  #frames: (() => void)[] = [];
  #timers: { readonly atMs: number; readonly work: () => void }[] = [];

  nowMs(): number {
    return this.#nowMs;
  }
  onNextFrame(work: () => void): void {
    this.#frames.push(work);
  }
  after(delayMs: number, work: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, work };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** One animation frame. */
  paint(): void {
    const frames = this.#frames;
    this.#frames = [];
    for (const work of frames) work();
  }
  pass(ms: number): void {
    this.#nowMs += ms;
    const due = this.#timers.filter((timer) => timer.atMs <= this.#nowMs);
    this.#timers = this.#timers.filter((timer) => timer.atMs > this.#nowMs);
    for (const timer of due) timer.work();
  }
}

/** Lets settled promises run on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
