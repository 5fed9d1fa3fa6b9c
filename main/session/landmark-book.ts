/** All landmarks of a stream, bounded: when there are too many, the commonest kinds go first. */
import { landmarkKinds, type Landmark, type LandmarkKind } from '../../shared/projection/landmarks.ts';
import type { QueryAnswerOf, QueryOf } from '../../shared/query.ts';

/** Landmarks of a kind that are no longer held: how many there were, and when the last one happened. */
export interface LeftLandmarks {
  readonly kind: LandmarkKind;
  readonly count: number;
  readonly lastNs: number;
}

export class LandmarkBook {
  readonly #max: number;
  #landmarks: Landmark[] = [];
  readonly #left = new Map<LandmarkKind, LeftLandmarks>();

  constructor(max: number) {
    this.#max = max;
  }

  add(landmarks: readonly Landmark[]): void {
    for (const landmark of landmarks) {
      if (this.#left.has(landmark.kind)) this.#leave(landmark);
      else this.#landmarks.push(landmark);
    }
    for (const kind of landmarkKinds.toReversed()) {
      if (this.#landmarks.length <= this.#max) return;
      this.#drop(kind);
    }
  }

  /** As it stands, to be kept. */
  list(): { readonly landmarks: readonly Landmark[]; readonly left: readonly LeftLandmarks[] } {
    return { landmarks: this.#landmarks, left: [...this.#left.values()] };
  }

  /** Takes up what was kept of another book, or a part of it. */
  restore({ landmarks, left }: ReturnType<LandmarkBook['list']>): void {
    for (const gone of left) this.#left.set(gone.kind, gone);
    this.add(landmarks);
  }

  /** @param more landmarks behind those of the book */
  between({ fromNs, toNs, max }: QueryOf<'landmarks'>, more: readonly Landmark[]): QueryAnswerOf<'landmarks'> {
    const within = ({ timeNs }: Landmark): boolean => timeNs >= fromNs && timeNs <= toNs;
    const found = [...this.#landmarks.filter(within), ...more.filter(within)];
    let leftOut = 0;
    for (const { count, lastNs } of this.#left.values()) if (lastNs >= fromNs) leftOut += count;
    const chosen = rarest(found, max);
    return { landmarks: chosen, leftOut: leftOut + found.length - chosen.length };
  }

  #drop(kind: LandmarkKind): void {
    const kept: Landmark[] = [];
    for (const landmark of this.#landmarks) {
      if (landmark.kind === kind) this.#leave(landmark);
      else kept.push(landmark);
    }
    this.#landmarks = kept;
  }

  #leave({ kind, timeNs }: Landmark): void {
    const left = this.#left.get(kind) ?? { count: 0, lastNs: 0 };
    this.#left.set(kind, { kind, count: left.count + 1, lastNs: Math.max(left.lastNs, timeNs) });
  }
}

/** At most `max` of them, in their order: kinds from the rarest on, of the last kind that fits in part evenly spread ones. */
function rarest(landmarks: readonly Landmark[], max: number): readonly Landmark[] {
  if (landmarks.length <= max) return landmarks;
  const chosen = new Set<Landmark>();
  for (const kind of landmarkKinds) {
    const ofKind = landmarks.filter((landmark) => landmark.kind === kind);
    const room = Math.min(max - chosen.size, ofKind.length);
    for (let i = 0; i < room; i += 1) {
      const landmark = ofKind[Math.floor((i * ofKind.length) / room)];
      if (landmark) chosen.add(landmark);
    }
    if (chosen.size >= max) break;
  }
  return landmarks.filter((landmark) => chosen.has(landmark));
}
