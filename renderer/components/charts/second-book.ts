/** The figures of a session, bounded: each second of the last ten minutes, ten seconds together before. */
import { mergeSeconds, type SecondFigures } from '../../../shared/projection/second-figures.ts';

/** How long single seconds are kept. */
export const singleSecondsMax = 600;
/** Seconds put together before that. */
export const bucketSeconds = 10;
/** What was before it is forgotten: a day. */
const bucketsMax = 8_640;

export interface SecondBook {
  /** Together `bucketSeconds` each. */
  readonly older: readonly SecondFigures[];
  readonly recent: readonly SecondFigures[];
}

export const emptyBook: SecondBook = { older: [], recent: [] };

/** With seconds that have come since; those that are there already are taken at their newer word. */
export function withSeconds({ older, recent }: SecondBook, news: readonly SecondFigures[]): SecondBook {
  const [first] = news;
  if (!first) return { older, recent };
  const known = [...recent.filter(({ second }) => second < first.second), ...news];
  const last = known.at(-1)?.second ?? 0;
  // Whole buckets only, or a bucket would come in two parts.
  const from = Math.floor((last - singleSecondsMax) / bucketSeconds) * bucketSeconds;
  const place = known.findIndex(({ second }) => second >= from);
  if (place <= 0) return { older, recent: known };
  return {
    older: [...older, ...mergeSeconds(known.slice(0, place), bucketSeconds)].slice(-bucketsMax),
    recent: known.slice(place),
  };
}
