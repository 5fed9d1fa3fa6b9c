/**
 * The lab's clock as the page knows it. Every frame carries the lab's time; what the page adds is its own clock since then, at
 * the pace at which the lab's time passes. A frame only ever arrives late, so the one that is furthest ahead is the best; it
 * gives way slowly, since clocks drift. A lab that is held stands where its last frame says.
 */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { Snapshot } from '../../shared/bridge.ts';
import type { LabEvent } from '../../shared/event.ts';
import type { ClusterView } from '../../shared/projection/cluster-view.ts';

/** How much of a time that is behind what was expected is believed per frame. */
const giveWay = 0.02;
/** The same where the pace is wished for: a machine that can't keep it falls behind. */
const giveWayToWishes = 0.2;

export interface LabClock {
  /** The page begins from this snapshot: of another stream, whose clock has another beginning, or of the same one. */
  begin(
    snapshot: Pick<Snapshot, 'session' | 'nowNs'> & { readonly view: Pick<ClusterView, 'pace'> },
    pageMs: number,
  ): void;
  /** A frame with the lab's time `labNs` arrived at the page's time `pageMs`; from now on its time passes at `pace`. */
  observe(labNs: number, pageMs: number, pace?: number): void;
  /** The lab's time at the page's time `pageMs`; 0 before the first frame. */
  nowNs(pageMs: number): number;
}

export function createLabClock(): LabClock {
  let known: { readonly labNs: number; readonly pageMs: number } | undefined;
  let pace = 1;
  let session = '';

  function nowNs(pageMs: number): number {
    if (known === undefined) return 0;
    return known.labNs + (pageMs - known.pageMs) * pace * nanosecondsPerMillisecond;
  }

  function observe(labNs: number, pageMs: number, newPace = pace): void {
    const isExact = known === undefined || newPace !== pace || pace === 0;
    const expectedNs = nowNs(pageMs);
    const share = labNs > expectedNs ? 1 : pace === 1 ? giveWay : giveWayToWishes;
    pace = newPace;
    known = { labNs: isExact ? labNs : expectedNs + (labNs - expectedNs) * share, pageMs };
  }

  return {
    begin(snapshot, pageMs) {
      if (snapshot.session !== session) known = undefined;
      session = snapshot.session;
      observe(snapshot.nowNs, pageMs, snapshot.view.pace);
    },
    observe,
    nowNs,
  };
}

/** The pace that `events` end with; undefined when none of them speaks of it. */
export function paceAfter(events: readonly LabEvent[]): number | undefined {
  let pace: number | undefined;
  for (const event of events) if (event.type === 'pace-changed') pace = event.speed;
  return pace;
}
