/** A lab that is driven by hand: it keeps every command until the test answers it, and its clock stands until time passes. */
import type { LabPort } from '../../main/lab-port.ts';
import { required } from '../../shared/assert.ts';
import type { CommandType } from '../../shared/command.ts';
import type { BenchEvent, LabEvent } from '../../shared/event.ts';
import type { Result } from '../../shared/result.ts';

interface Asked {
  readonly type: CommandType;
  readonly command: unknown;
  readonly answer: (result: Result<unknown>) => void;
}

export class HandPort implements LabPort {
  readonly asked: Asked[] = [];
  readonly told: BenchEvent[] = [];
  /** Timers that were not taken back. */
  readonly timers: { readonly atMs: number; readonly run: () => void }[] = [];
  #handler: (events: readonly LabEvent[]) => void = () => {};
  #nowMs = 0;

  execute: LabPort['execute'] = (command, done) => {
    this.asked.push({ type: command.type, command, answer: done as (result: Result<unknown>) => void });
  };

  subscribe(handler: (events: readonly LabEvent[]) => void): () => void {
    this.#handler = handler;
    return () => {
      this.#handler = () => {};
    };
  }

  tell(event: BenchEvent): void {
    this.told.push(event);
  }

  nowNs(): number {
    return this.#nowMs * 1_000_000;
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, run };
    this.timers.push(timer);
    return () => {
      const position = this.timers.indexOf(timer);
      if (position >= 0) this.timers.splice(position, 1);
    };
  }

  show(events: readonly LabEvent[]): void {
    this.#handler(events);
  }

  /** Time passes, and what is due runs. */
  pass(ms: number): void {
    this.#nowMs += ms;
    for (;;) {
      const position = this.timers.findIndex(({ atMs }) => atMs <= this.#nowMs);
      if (position < 0) return;
      const [timer] = this.timers.splice(position, 1);
      timer?.run();
    }
  }

  /** Answers the first command of this type. */
  answer(type: CommandType, result: Result<unknown> = { ok: true, value: null }): void {
    const position = this.asked.findIndex((one) => one.type === type);
    const [command] = position < 0 ? [] : this.asked.splice(position, 1);
    required(command, `${type} was asked`).answer(result);
    this.pass(0);
  }

  /** What is not answered yet. */
  get open(): readonly CommandType[] {
    return this.asked.map(({ type }) => type);
  }
}
