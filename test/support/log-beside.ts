/** Keeps the log on the test's own thread and answers at once: tests have no workers. Frames go to it as bytes, as in the app. */
import { Packr } from 'msgpackr';
import { bridgeProtocol, type LabFrame, type Snapshot } from '../../shared/bridge.ts';
import type { LabEvent } from '../../shared/event.ts';
import { LogEngine } from '../../renderer/log-worker/log-engine.ts';
import type { FromLog, LogPort, ToLog } from '../../renderer/log-worker/log-messages.ts';
import { emptySnapshot } from './page-door.ts';

export class LogBeside implements LogPort {
  /** What was said to the page, oldest first. */
  readonly told: FromLog[] = [];
  readonly #engine: LogEngine;
  readonly #handlers: ((message: FromLog) => void)[] = [];
  readonly #failures: ((reason: string) => void)[] = [];
  readonly #waiting: ToLog[] = [];
  readonly #packr = new Packr({ useRecords: true });
  #isBusy = false;
  #frames = 0;
  #position = 0;

  constructor(linesMax = 100_000) {
    this.#engine = new LogEngine((message) => this.#tell(structuredClone(message)), linesMax);
  }

  post(message: ToLog): void {
    this.#waiting.push(structuredClone(message));
    if (this.#isBusy) return;
    this.#isBusy = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      this.#engine.take(next);
      this.#engine.work(() => false);
      this.#engine.tell();
    }
    this.#isBusy = false;
  }

  onMessage(handler: (message: FromLog) => void): void {
    this.#handlers.push(handler);
  }

  onFailure(handler: (reason: string) => void): void {
    this.#failures.push(handler);
  }

  fail(reason: string): void {
    for (const handler of this.#failures) handler(reason);
  }

  #tell(message: FromLog): void {
    this.told.push(message);
    for (const handler of this.#handlers) handler(message);
  }

  /** A welcome to a lab in which nothing has happened; then these events, in the order of the stream. */
  take(events: readonly LabEvent[]): void {
    if (this.#frames === 0) this.welcome(emptySnapshot);
    this.#frames += 1;
    this.#say({ type: 'events', frame: this.#frames, nowNs: 0, position: this.#position, events });
    this.#position += events.length;
  }

  welcome(snapshot: Snapshot): void {
    this.#frames += 1;
    this.#position = snapshot.position;
    this.#say({ type: 'welcome', protocol: bridgeProtocol, version: 'test', snapshot });
  }

  gap(snapshot: Snapshot, missed: number): void {
    this.#frames += 1;
    this.#position = snapshot.position;
    this.#say({ type: 'gap', frame: this.#frames, missed, snapshot });
  }

  #say(frame: LabFrame): void {
    this.post({ type: 'frame', bytes: new Uint8Array(this.#packr.pack(frame)) });
  }
}
