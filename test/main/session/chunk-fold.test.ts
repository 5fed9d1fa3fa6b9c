/** The folds over a stream, chunk by chunk. */
import { expect, it } from 'vitest';
import { ChunkFold } from '../../../main/session/chunk-fold.ts';
import { firstKeyframe } from '../../../main/session/keyframe.ts';
import { landmarkOf } from '../../../shared/projection/landmarks.ts';
import { SecondsFold, type SecondFigures } from '../../../shared/projection/second-figures.ts';
import { viewBehind, wholeStory } from '../../support/kept-stream.ts';

const events = wholeStory();
const landmarks = events.flatMap((event, position) => landmarkOf(event, position) ?? []);

function plainSeconds(): (SecondFigures | undefined)[] {
  const fold = new SecondsFold();
  return [...events.map((event) => fold.take(event)), fold.running].filter((second) => second !== undefined);
}

it('sums up each chunk, and goes on with the state', () => {
  const fold = new ChunkFold(firstKeyframe);
  const seconds: SecondFigures[] = [];
  for (let first = 0; first < events.length; first += 100) {
    const chunk = events.slice(first, first + 100);
    for (const event of chunk) fold.take(event);
    const end = first + chunk.length;
    if (end === events.length) fold.finish();
    const summary = fold.summary();
    const times = chunk.map((event) => event.timeNs);
    expect(summary).toMatchObject({
      firstPosition: first,
      endPosition: end,
      startNs: Math.min(...times),
      endNs: Math.max(...times),
      landmarks: landmarks.filter(({ position }) => position >= first && position < end),
    });
    expect(summary.kinds.reduce((sum, [, count]) => sum + count, 0)).toBe(chunk.length);
    expect(fold.view).toEqual(viewBehind(events, end));
    seconds.push(...summary.seconds);
    fold.next();
  }
  expect(seconds).toEqual(plainSeconds());
  expect(fold.second).toBeNull();
});

it('goes on with a second that had begun before', () => {
  const half = events.length - 40;
  const before = new ChunkFold(firstKeyframe);
  for (const event of events.slice(0, half)) before.take(event);
  const after = new ChunkFold({ position: half, view: before.view, second: before.second });
  expect(after.second).toEqual(before.second);
  for (const event of events.slice(half)) after.take(event);
  after.finish();
  const last = plainSeconds().at(-1);
  expect(after.summary().seconds.at(-1)).toMatchObject({
    second: last?.second,
    bytes: last?.bytes,
    nodes: last?.nodes,
  });
});

it('ends a second that had begun long before', () => {
  const second = plainSeconds()[0] ?? null;
  const fold = new ChunkFold({ position: 9, view: viewBehind(events, 9), second });
  const [late] = events.slice(-1);
  if (late) fold.take(late);
  expect(fold.summary().seconds).toEqual([second]);
});

it('knows where events are missing before', () => {
  const fold = new ChunkFold(firstKeyframe);
  for (const event of events.slice(0, 3)) fold.take(event, fold.endPosition + 10);
  expect(fold.endPosition).toBe(33);
});
