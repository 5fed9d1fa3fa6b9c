import { expect, it } from 'vitest';
import { LiveChecks } from '../../../main/check/live-checks.ts';
import { EventStream } from '../../../main/lab/event-stream.ts';
import { judgeStream } from '../../../main/lab/judged-stream.ts';
import type { LabEvent } from '../../../shared/event.ts';
import { append, read } from '../../support/history-story.ts';
import { toldBodies } from '../../support/told-history.ts';

const stale = toldBodies([append(1, [0, 10]), append(2, [20, 30]), read(1, [40, 50], [1])]);

it('reports what the checks find behind the events that show it', async () => {
  const stream = new EventStream();
  const seen: LabEvent[] = [];
  judgeStream(stream, new LiveChecks());
  stream.subscribe((events) => seen.push(...events));
  for (const body of stale) stream.emit(body);
  expect(seen.map(({ type }) => type)).not.toContain('violation-found');
  await expect.poll(() => seen.at(-1)?.type).toBe('violation-found');
  const found = seen.at(-1);
  if (found?.type !== 'violation-found') throw new Error('it was told');
  expect(found.conflict.map(({ sequence }) => seen.find((event) => event.sequence === sequence)?.type)).toEqual([
    'request-answered',
    'request-answered',
  ]);
  stream.close();
});

it('reports nothing any more once it has ended', async () => {
  const stream = new EventStream();
  const seen: string[] = [];
  const end = judgeStream(stream, new LiveChecks());
  stream.subscribe((events) => seen.push(...events.map(({ type }) => type)));
  for (const body of stale) stream.emit(body);
  end();
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(seen).not.toContain('violation-found');
  stream.close();
});
