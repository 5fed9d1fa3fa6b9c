/**
 * Lamport's clock ("Time, Clocks, and the Ordering of Events", 1978): numbers the events of one server so that whatever
 * could have caused an event has a smaller number.
 *
 * Who calls what: the stamper of events calls `tick` once for every event. The transport reports `datagram-sent` first
 * and then writes `current`, which is that event's number, into the datagram; on the other side it calls `witness` with
 * that number and then reports `datagram-received`, whose tick is above it. The lab and its nodes, which are threads of
 * one process, `follow` each other instead: their numbers are no claims of a stranger.
 */
import { assert } from '../shared/assert.ts';
import { limits } from '../shared/cluster-config.ts';

export interface LamportClock {
  /** The number of the latest event, or the highest one witnessed since; 0 at the beginning. */
  readonly current: number;
  /** The number of one more event. */
  tick(): number;
  /**
   * Takes in the number that a datagram carried; the next tick is above it. Only up to `limits.lamportMax`: pushed
   * there by hostile datagrams, the order of the stream suffers, but the clock counts on and never runs out.
   * @returns `current`
   * @throws AssertionError for a number that `isAbsurdLamport` would have refused.
   */
  witness(other: number): number;
  /**
   * Takes in the number of another clock of this process, however far ahead it is (a hostile datagram may have pushed it).
   * @returns `current`
   */
  follow(other: number): number;
}

/** True for a number that must not be witnessed: no honest server gets so far ahead, and one lie would move everyone. */
export function isAbsurdLamport(current: number, other: number): boolean {
  return !(Number.isInteger(other) && other >= 0 && other - current <= limits.lamportJumpMax);
}

export function createLamportClock(): LamportClock {
  let current = 0;
  return {
    get current() {
      return current;
    },
    tick() {
      current += 1;
      return current;
    },
    witness(other) {
      assert(
        !isAbsurdLamport(current, other),
        `Lamport number ${other} is absurd at ${current} and must be refused first.`,
      );
      current = Math.max(current, Math.min(other, limits.lamportMax));
      return current;
    },
    follow(other) {
      current = Math.max(current, other);
      return current;
    },
  };
}
