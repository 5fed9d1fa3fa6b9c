import { describe, expect, it } from 'vitest';
import { isWithin } from '../../../../main/check/history/append-judge.ts';
import { liveLimits } from '../../../../main/check/history/history-limits.ts';
import { LiveHistory } from '../../../../main/check/live-history.ts';
import type { Operation } from '../../../../main/check/contract.ts';
import { append, read, unknown } from '../../../support/history-story.ts';
import { toldHistory } from '../../../support/told-history.ts';

function told(operations: readonly Operation[], live = new LiveHistory()): readonly string[] {
  return toldHistory(operations).flatMap((event) =>
    live.observe(event).map(({ promise, sentence }) => `${promise}: ${sentence}`),
  );
}

const session = { sessionId: 1, sequence: 1, lowestOpen: 1 };

describe('appends, one after the other', () => {
  it('are told of as soon as their answers do not fit', () => {
    const events = toldHistory([append(2, [0, 10]), append(1, [20, 30]), append(3, [40, 50])]);
    const live = new LiveHistory();
    expect(events.findIndex((event) => live.observe(event).length > 0)).toBe(4);
  });

  it('may be shown before they are answered, and are answered with what was shown', () => {
    const lost = append(1, [0, 10], { ...unknown, completedNs: 10, session, requestId: 'first' });
    const shown = read(1, [20, 30], [1]);
    expect(told([lost, shown, append(1, [40, 50], { session })])).toEqual([]);
    expect(told([lost, shown, append(2, [40, 50], { session, digests: [1] })])).toMatchObject([
      'exactly-once: The append append-2 had its effect at 1, as was shown, and was answered with 2.',
    ]);
  });

  it('of unknown outcome are remembered up to a limit', () => {
    const lost = [1, 2, 3].map((index) => append(index, [index * 10, index * 10 + 5], unknown));
    const live = new LiveHistory({ limits: { ...liveLimits, openMax: 2 } });
    expect(told([...lost, read(1, [50, 60], [1])], live)).toEqual([]);
    expect(live.verdicts().map(({ verdict }) => verdict)).toEqual(Array.from({ length: 4 }, () => 'evidence-lost'));
  });
});

it('may be of a time before the stream', () => {
  expect([isWithin(0, 0), isWithin(1, 0), isWithin(1, 1), isWithin(2, 1)]).toEqual([false, false, true, false]);
});
