/** What is held, from where to where. */
import type { StreamBounds } from '../../../shared/query.ts';
import type { StreamContent } from '../stream-content.ts';

export function boundsOf({ session, recording, chunks }: StreamContent): StreamBounds {
  const gaps: { from: number; to: number }[] = [];
  let endPosition = chunks[0]?.summary.firstPosition ?? 0;
  const firstPosition = endPosition;
  let startNs = Infinity;
  let endNs = 0;
  for (const { summary } of chunks) {
    if (summary.firstPosition > endPosition) gaps.push({ from: endPosition, to: summary.firstPosition });
    ({ endPosition } = summary);
    startNs = Math.min(startNs, summary.startNs);
    endNs = Math.max(endNs, summary.endNs);
  }
  return { session, firstPosition, endPosition, startNs, endNs, recording, ...(gaps.length > 0 && { gaps }) };
}
