/**
 * The node's one timer, and what the stream hears of it.
 */
import type { Clock, EmitEvent } from '../ports.ts';
import type { RaftState } from '../raft/state.ts';

export class TurnTimer {
  readonly #clock: Clock;
  readonly #emit: EmitEvent;
  readonly #onDue: () => void;
  #announcedDeadlineNs = 0;

  constructor(clock: Clock, emit: EmitEvent, onDue: () => void) {
    this.#clock = clock;
    this.#emit = emit;
    this.#onDue = onDue;
  }

  set(deadlineNs: number): void {
    this.#clock.setTimer(deadlineNs, this.#onDue);
  }

  /** Reports the election timer if it stands at another time: at most one event a turn, however often it was set. */
  announceElection({ electionDeadlineNs, electionTimeoutNs, role }: RaftState): void {
    if (role.name === 'leader' || electionDeadlineNs === this.#announcedDeadlineNs) return;
    this.#announcedDeadlineNs = electionDeadlineNs;
    this.#emit({
      type: 'timer-set',
      timer: 'election',
      deadlineNs: electionDeadlineNs,
      durationNs: electionTimeoutNs,
    });
  }

  clear(): void {
    this.#clock.clearTimer();
  }
}
