/** What happens at once, as signs on the timeline: merged where they would stand on each other, the gravest on top. */
import { landmarkKinds, type Landmark, type LandmarkKind } from '../../../shared/projection/landmarks.ts';
import { xOf, type TimeSpan } from './time-axis.ts';

export interface Sign {
  readonly x: number;
  /** Of the gravest. */
  readonly kind: LandmarkKind;
  /** In the order of the stream. */
  readonly landmarks: readonly Landmark[];
}

/** Closer than this two signs become one. */
const signPixels = 11;
/** Shown otherwise: as bands, or as the bounds of one. */
const withoutSign: ReadonlySet<LandmarkKind> = new Set<LandmarkKind>(['leader', 'role', 'fault', 'heal']);

const gravity = new Map(landmarkKinds.map((kind, rank) => [kind, rank]));
const rankOf = (kind: LandmarkKind): number => gravity.get(kind) ?? landmarkKinds.length;

/** @param landmarks in the order of the stream */
export function signsOf(landmarks: readonly Landmark[], span: TimeSpan, width: number): readonly Sign[] {
  const signs: Sign[] = [];
  for (const landmark of landmarks) {
    const { kind, timeNs } = landmark;
    if (withoutSign.has(kind) || timeNs < span.fromNs || timeNs > span.toNs) continue;
    const x = xOf(span, width, timeNs);
    const last = signs.at(-1);
    if (last && x - last.x < signPixels) {
      const isGraver = rankOf(kind) < rankOf(last.kind);
      signs[signs.length - 1] = {
        x: last.x,
        kind: isGraver ? kind : last.kind,
        landmarks: [...last.landmarks, landmark],
      };
    } else signs.push({ x, kind, landmarks: [landmark] });
  }
  return signs;
}
