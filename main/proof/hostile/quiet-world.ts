/**
 * Time and a network in one thread. Everything happens at once and in order; time passes only in `runUntil`, when nothing else is
 * left to do. So whatever changes outside of that was changed by what came in.
 */
import type { Address } from '../../../shared/cluster-config.ts';
import { nanosecondsPerMillisecond } from '../../../shared/duration.ts';
import type { Clock, Datagrams } from '../../ports.ts';

type OnDatagram = Parameters<Datagrams['onDatagram']>[0];

interface Timer {
  deadlineNs: number;
  handler: (() => void) | undefined;
}

export class QuietWorld {
  /** Sees what is sent before it arrives. */
  onSend: (bytes: Uint8Array) => void = () => {};
  /** Datagrams that somebody listened to. */
  delivered = 0;
  #nowNs = 1_000_000_000;
  #tasks: (() => void)[] = [];
  readonly #timers = new Set<Timer>();
  readonly #listeners = new Map<number, OnDatagram>();

  get nowNs(): number {
    return this.#nowNs;
  }

  /** Does what is due until the condition holds. @throws Error when that takes longer than a minute of its time. */
  runUntil(condition: () => boolean, what: string): void {
    const boundNs = this.#nowNs + 60_000_000_000;
    for (this.settle(); !condition(); this.settle()) {
      const [next] = [...this.#timers].toSorted((left, right) => left.deadlineNs - right.deadlineNs);
      if (next === undefined || this.#nowNs > boundNs) throw new Error(`${what} did not come.`);
      this.#nowNs = Math.max(this.#nowNs, next.deadlineNs);
      this.#timers.delete(next);
      const { handler } = next;
      next.handler = undefined;
      handler?.();
    }
  }

  pass(ms: number): void {
    const endNs = this.#nowNs + ms * nanosecondsPerMillisecond;
    this.createClock().setTimer(endNs, () => {});
    this.runUntil(() => this.#nowNs >= endNs, 'the time');
  }

  /** Does what is due now, and what follows from it. */
  settle(): void {
    for (let tasks = this.#tasks; tasks.length > 0; tasks = this.#tasks) {
      this.#tasks = [];
      for (const task of tasks) task();
    }
  }

  createClock(): Clock {
    const timer: Timer = { deadlineNs: 0, handler: undefined };
    return {
      nowNs: () => this.#nowNs,
      setTimer: (deadlineNs, handler) => {
        timer.deadlineNs = deadlineNs;
        timer.handler = handler;
        this.#timers.add(timer);
      },
      clearTimer: () => void this.#timers.delete(timer),
      defer: (handler) => void this.#tasks.push(handler),
    };
  }

  /** A datagram from anywhere; at once. */
  deliver(bytes: Uint8Array, from: Address, to: Address): void {
    const listener = this.#listeners.get(to.port);
    if (listener === undefined) return;
    this.delivered += 1;
    listener(bytes, from);
  }

  openDatagrams(localAddress: Address): Datagrams {
    let listener: OnDatagram | undefined;
    return {
      localAddress,
      send: (bytes, to) => {
        this.onSend(bytes);
        const copy = Uint8Array.from(bytes);
        this.#tasks.push(() => this.deliver(copy, localAddress, to));
      },
      onDatagram: (handler) => {
        listener = handler;
        this.#listeners.set(localAddress.port, handler);
      },
      onSendError: () => {},
      close: () => {
        if (this.#listeners.get(localAddress.port) === listener) this.#listeners.delete(localAddress.port);
      },
    };
  }
}
