/**
 * Builds up the acts of a schedule that is made for a purpose.
 */
import type { NodeId } from '../../shared/ids.ts';
import { Draws } from './draws.ts';
import type { Act, ClientAct, TimedAct } from './plan.ts';

/** A schedule lasts as long as an ordinary run. */
export const durationMs = 60_000;
/** When everyone has started and someone leads. */
export const firstMs = 2_000;

/** Builds up the acts of a schedule. */
export class Schedule {
  readonly acts: TimedAct[] = [];
  readonly draws: Draws;
  readonly servers: number;

  constructor(seed: number, name: string, servers: number) {
    this.draws = new Draws(seed, `schedule for ${name}`);
    this.servers = servers;
  }

  at(atMs: number, act: Act): void {
    if (atMs < durationMs) this.acts.push({ atMs: Math.round(atMs), act });
  }

  /** Calls `round` with times that are `everyMs` apart, give or take a third. */
  each(everyMs: number, round: (atMs: number) => void): void {
    for (let atMs = firstMs; atMs < durationMs; atMs += this.draws.integer((everyMs * 2) / 3, (everyMs * 4) / 3))
      round(atMs);
  }

  get node(): NodeId {
    return this.draws.integer(0, this.servers - 1);
  }

  append(node: NodeId): ClientAct {
    const client = this.draws.integer(0, 7);
    const plain = { expect: false, session: false, copyTo: null, asksAgain: 0 } as const;
    return { kind: 'append', client, node, payloads: [8], ...plain, timeoutMs: 2_000 };
  }

  leaseRead(node: NodeId): ClientAct {
    return { kind: 'read', client: this.draws.integer(0, 7), node, mode: 'lease', back: 2, timeoutMs: 300 };
  }
}
