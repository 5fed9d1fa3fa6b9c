/**
 * Appends that other servers passed on, so that one that arrives twice (UDP repeats, senders retry) is appended once.
 * Its memory is this boot's; `IncomingForwards` says what a restart means for what an earlier boot may have taken.
 */
import type { NodeId } from '../../shared/ids.ts';
import type { ForwardAppendReply } from '../../shared/raft-message.ts';
import { limits } from '../../shared/cluster-config.ts';

/** `at-work`: it will be answered. `forgotten`: so long ago that it can't be told from an answered one. */
type Fate = ForwardAppendReply | 'at-work' | 'forgotten';

interface Known {
  readonly from: NodeId;
  readonly round: number;
  readonly fate: ForwardAppendReply | 'at-work';
}

/** Twice as many as may be at work, so that as many answers are remembered. */
const knownMax = 2 * limits.waitingRequestsMax;
/** Boots of senders; what an earlier one sent is on its way no more. */
const bootsMax = 1_000;
const roundsOfBoot = 4_294_967_296;

/** Both ends included. */
type Rounds = readonly [lowest: number, highest: number];

export class ForwardedAppends {
  /** In order of arrival; the oldest answered ones are forgotten first. */
  readonly #known = new Map<string, Known>();
  /**
   * By sender and boot: the rounds that were forgotten. They rise within a boot, so none between two of them is new. A sender
   * that lost its folder counts its boots from 1 again, from another number on (see `firstRoundOf`).
   */
  readonly #forgotten = new Map<string, Rounds>();

  /** What is known of it; undefined for a new one. */
  find(from: NodeId, round: number): Fate | undefined {
    const known = this.#known.get(keyOf(from, round));
    if (known) return known.fate;
    const [lowest, highest] = this.#forgotten.get(bootOf(from, round)) ?? [Infinity, 0];
    return round >= lowest && round <= highest ? 'forgotten' : undefined;
  }

  begin(from: NodeId, round: number): void {
    this.#remember({ from, round, fate: 'at-work' });
  }

  /** From now on every copy gets this reply, also of one that was never taken. */
  finish(from: NodeId, round: number, reply: ForwardAppendReply): void {
    this.#remember({ from, round, fate: reply });
  }

  #remember(known: Known): void {
    this.#known.set(keyOf(known.from, known.round), known);
    for (const [key, { from, round, fate }] of this.#known) {
      if (this.#known.size <= knownMax) break;
      if (fate === 'at-work') continue;
      this.#known.delete(key);
      this.#forget(bootOf(from, round), round);
    }
  }

  #forget(boot: string, round: number): void {
    const [lowest, highest] = this.#forgotten.get(boot) ?? [round, round];
    this.#forgotten.set(boot, [Math.min(lowest, round), Math.max(highest, round)]);
    const [oldest] = this.#forgotten.keys();
    if (this.#forgotten.size > bootsMax && oldest !== undefined) this.#forgotten.delete(oldest);
  }
}

function bootOf(from: NodeId, round: number): string {
  return `${from} ${Math.floor(round / roundsOfBoot)}`;
}

function keyOf(from: NodeId, round: number): string {
  return `${from} ${round}`;
}
