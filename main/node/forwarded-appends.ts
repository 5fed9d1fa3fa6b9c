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

export class ForwardedAppends {
  /** In order of arrival; the oldest answered ones are forgotten first. */
  readonly #known = new Map<string, Known>();
  /** By sender: the latest round that was forgotten. Rounds rise, so nothing below it is certainly new. */
  readonly #forgotten = new Map<NodeId, number>();

  /** What is known of it; undefined for a new one. */
  find(from: NodeId, round: number): Fate | undefined {
    const known = this.#known.get(keyOf(from, round));
    if (known) return known.fate;
    return round <= (this.#forgotten.get(from) ?? 0) ? 'forgotten' : undefined;
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
      this.#forgotten.set(from, Math.max(round, this.#forgotten.get(from) ?? 0));
    }
  }
}

function keyOf(from: NodeId, round: number): string {
  return `${from} ${round}`;
}
