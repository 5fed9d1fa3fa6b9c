/** Histories that are exported and read back mean the same, and have the shape that others expect. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkHistory } from '../../../../main/check/check-history.ts';
import type { HistoryVerdict } from '../../../../main/check/contract.ts';
import { HistoryRecorder } from '../../../../main/check/history.ts';
import { jepsenExporter } from '../../../../main/session/export/jepsen.ts';
import { neverNs, porcupineExporter } from '../../../../main/session/export/porcupine.ts';
import { readEdn, type EdnValue } from '../../../../main/session/export/read-edn.ts';
import { readJepsen } from '../../../../main/session/export/read-jepsen.ts';
import { readPorcupine, type ReadHistory } from '../../../../main/session/export/read-porcupine.ts';
import type { PlacedEvent } from '../../../../shared/query.ts';
import { exported, tellStory } from '../../../support/exported-story.ts';

const story = tellStory();

/** The same, but that one entry is answered at another index: somebody else's. */
function lie(events: readonly PlacedEvent[]): PlacedEvent[] {
  const answers = events.filter(({ event }) => event.type === 'request-answered' && event.outcome.kind === 'appended');
  const [victim, model] = [answers[3], answers[4]];
  return events.map((placed) => {
    const { event } = placed;
    if (placed !== victim || event.type !== 'request-answered' || model?.event.type !== 'request-answered')
      return placed;
    return { ...placed, event: { ...event, outcome: model.event.outcome } };
  });
}

/** The verdict without what names the stream's own events. */
function verdictOf({
  operations,
  incomplete,
}: ReadHistory): Omit<HistoryVerdict, 'violations'> & { violations: unknown } {
  const verdict = checkHistory(operations, { incomplete });
  return { ...verdict, violations: verdict.violations.map(({ promise, requestIds }) => ({ promise, requestIds })) };
}

function recorded(events: readonly PlacedEvent[]): ReadHistory {
  const recorder = new HistoryRecorder();
  for (const { event } of events) recorder.observe(event);
  return { operations: recorder.operations(), incomplete: !recorder.complete };
}

const jepsen = (events: readonly PlacedEvent[]): string => exported(jepsenExporter(), events).toString();
const porcupine = (events: readonly PlacedEvent[]): string => exported(porcupineExporter(), events).toString();

describe.each([
  ['Jepsen', (events: readonly PlacedEvent[]) => readJepsen(jepsen(events))],
  ['Porcupine', (events: readonly PlacedEvent[]) => readPorcupine(porcupine(events))],
])('a history for %s', (_name, roundTrip) => {
  it('read back is judged as the stream is: a right one', () => {
    const verdict = verdictOf(recorded(story));
    expect(verdict.violations).toEqual([]);
    expect(verdict.counts.appends).toBeGreaterThan(50);
    expect(verdictOf(roundTrip(story))).toEqual(verdict);
  });

  it('and one that breaks a promise', () => {
    const lied = lie(story);
    const verdict = verdictOf(recorded(lied));
    expect(verdict.violations).not.toEqual([]);
    expect(verdictOf(roundTrip(lied))).toEqual(verdict);
  });

  it('and other stories, also with answers that never came', () => {
    for (const seed of [2, 3, 4]) {
      const other = tellStory(seed);
      const cut = other.slice(0, Math.floor(other.length * 0.7));
      expect(verdictOf(roundTrip(cut))).toEqual(verdictOf(recorded(cut)));
    }
  });
});

describe('the shape', () => {
  it('of a Jepsen history: types, indexes from 0, times that rise, processes that wait for their answers', () => {
    const lines = readEdn(jepsen(story)) as ReadonlyMap<string, EdnValue>[];
    expect(lines.map((line) => line.get(':index'))).toEqual(lines.map((_, place) => place));
    expect(lines.every((line) => Number.isInteger(line.get(':time')))).toBe(true);
    expect(new Set(lines.map((line) => line.get(':f')))).toEqual(new Set([':send', ':poll', ':fault', ':heal']));
    const ofNemesis = lines.filter((line) => line.get(':process') === ':nemesis');
    expect(new Set(ofNemesis.map((line) => line.get(':type')))).toEqual(new Set([':info']));
    const wrong: string[] = [];
    const busy = new Set<EdnValue>();
    const retired = new Set<EdnValue>();
    for (const line of lines.filter((each) => !ofNemesis.includes(each))) {
      const [process = null, type] = [line.get(':process'), line.get(':type')];
      if (type === ':invoke' && (busy.has(process) || retired.has(process)))
        wrong.push(`${JSON.stringify(process)} is busy or retired`);
      if (type !== ':invoke' && !busy.has(process)) wrong.push(`${JSON.stringify(process)} has invoked nothing`);
      if (type === ':invoke') busy.add(process);
      else busy.delete(process);
      if (type === ':info') retired.add(process);
    }
    expect(wrong).toEqual([]);
    expect(busy.size).toBe(0);
  });

  it('of a Porcupine history: closed intervals of clients that ask one thing at a time', () => {
    const operation = z.object({
      ClientId: z.int().min(0),
      Call: z.int().min(0),
      Return: z.int().max(neverNs),
      Input: z.unknown(),
      Output: z.unknown(),
      Metadata: z.unknown(),
    });
    const operations = z.array(operation).parse(JSON.parse(porcupine(story)));
    const free = new Map<number, number>();
    for (const { ClientId, Call, Return } of operations.toSorted((left, right) => left.Call - right.Call)) {
      expect(Return).toBeGreaterThanOrEqual(Call);
      expect(Call).toBeGreaterThanOrEqual(free.get(ClientId) ?? 0);
      free.set(ClientId, Return);
    }
  });

  it('that is none is refused with its place', () => {
    expect(() => readJepsen('{:index 0 :type :ok :process 1 :f :send :value []}')).toThrow('has not invoked');
    expect(() => readJepsen('{:index 0')).toThrow('is missing');
    expect(() => readPorcupine('[{"ClientId":"x"}]')).toThrow('0.ClientId');
    expect(() => readPorcupine('[')).toThrow('JSON');
  });
});
