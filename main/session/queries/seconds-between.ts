/** Figures of each second of a span. */
import { nanosecondsPerSecond } from '../../../shared/duration.ts';
import { mergeSeconds, type SecondFigures } from '../../../shared/projection/second-figures.ts';
import type { QueryOf } from '../../../shared/query.ts';
import type { StreamContent } from '../stream-content.ts';

export function secondsBetween(content: StreamContent, { fromNs, toNs }: QueryOf<'seconds'>): readonly SecondFigures[] {
  const found: SecondFigures[] = [];
  const first = Math.floor(fromNs / nanosecondsPerSecond);
  const last = Math.floor(toNs / nanosecondsPerSecond);
  const take = (seconds: readonly SecondFigures[]): void => {
    for (const figures of seconds) if (figures.second >= first && figures.second <= last) found.push(figures);
  };
  // A chunk may end a second that began, and even was over, before it.
  let sinceNs = -Infinity;
  for (const chunk of content.chunks) {
    const { startNs, endNs } = chunk.summary;
    const since = Math.floor(Math.min(sinceNs, startNs) / nanosecondsPerSecond);
    if (since <= last && Math.floor(endNs / nanosecondsPerSecond) >= first) take(chunk.seconds());
    sinceNs = endNs;
  }
  if (content.second) take([content.second]);
  return joined(found);
}

/** Where a part of the stream is missing, a second may have come in two parts. */
function joined(found: readonly SecondFigures[]): readonly SecondFigures[] {
  const seconds: SecondFigures[] = [];
  for (const figures of found.toSorted((left, right) => left.second - right.second)) {
    const last = seconds.at(-1);
    if (last?.second === figures.second) seconds.splice(-1, 1, ...mergeSeconds([last, figures], 1));
    else seconds.push(figures);
  }
  return seconds;
}
