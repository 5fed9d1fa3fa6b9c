import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLogDirectives } from '../../../shared/log-directives.ts';
import { levelRank, logLevels, logTargets } from '../../../shared/projection/log-line.ts';
import { FilteredLines } from '../../../renderer/log-worker/filtered-lines.ts';
import { LineFilter, type LineCriteria, type LineLevels } from '../../../renderer/log-worker/line-filter.ts';
import { chunkLines, type KeptLine } from '../../../renderer/log-worker/log-chunk.ts';
import { LogStore, rowOf } from '../../../renderer/log-worker/log-store.ts';
import type { LogRowData } from '../../../renderer/log-worker/log-row-data.ts';
import { parseTextFilter } from '../../../renderer/stores/text-filter.ts';

const never = (): boolean => false;

function levelsOf(directives: string, of: LineLevels['of'] = {}): LineLevels {
  const all = parseLogDirectives(directives);
  if (!all.ok) throw new Error(all.failure.message);
  return { all: all.value, of };
}

function line(seed: number): KeptLine {
  const pick = <Item>(items: readonly Item[], salt: number): Item =>
    items[(seed * 7 + salt * 13) % items.length] as Item;
  const node = pick([-1, 0, 1, 2], seed >> 3);
  const words = pick(['heartbeat to', 'COMMITS 4 →', 'vote “yes” of', '日本'], seed >> 1);
  return {
    timeNs: seed,
    position: seed,
    node,
    subject: node,
    line: { level: pick(logLevels, seed >> 2), target: pick(logTargets, seed >> 4), text: `${words} ${seed}` },
    about: {},
  };
}

function storeOf(lines: number, linesMax = 100 * chunkLines): LogStore {
  const store = new LogStore(linesMax);
  for (let seed = 0; seed < lines; seed += 1) store.push(line(seed));
  return store;
}

function rowsOf(store: LogStore): LogRowData[] {
  return Array.from({ length: store.count }, (_, at) => rowOf(store, store.firstNumber + at)).filter(
    (row) => row !== undefined,
  );
}

/** The same, without any of the machinery. */
function plainly(store: LogStore, { levels, node, expression }: LineCriteria): number[] {
  return rowsOf(store)
    .filter((row) => {
      const threshold = levels.of[row.subject]?.[row.target] ?? levels.all[row.target];
      const source = row.node < 0 ? 'lab' : `node ${row.node}`;
      return (
        threshold !== 'off' &&
        levelRank(row.level) <= levelRank(threshold) &&
        (node === null || row.subject === node) &&
        (expression === null || expression.test(`${source} ${row.level} ${row.target} ${row.text}`))
      );
    })
    .map((row) => row.number);
}

function numbersOf(lines: FilteredLines): number[] {
  return [...lines.numbersFrom(lines.firstOrdinal, 1)];
}

const someStore = storeOf(2 * chunkLines + 100);
const texts = [
  '',
  'heartbeat',
  'COMMITS 4 → 1',
  '/^node [01] .*“yes”/',
  '/[→]/u',
  '日本',
  'net',
  '/ \\d{3}$/',
  '/(?!heart)beat|commits/i',
];

describe('what passes', () => {
  it('is what a plain filter lets pass, wherever the search begins and however it is cut up', () => {
    const criteria = fc.record({
      directives: fc.constantFrom('info', 'trace', 'warn,net=trace', 'off,raft=debug', 'debug,disk=off'),
      of: fc.constantFrom<LineLevels['of']>({}, { 1: { net: 'trace', raft: 'off' } }, { [-1]: { lab: 'trace' } }),
      node: fc.constantFrom(null, 1, -1),
      text: fc.constantFrom(...texts),
      start: fc.option(fc.integer({ min: -5, max: 3 * chunkLines }), { nil: undefined }),
      patience: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(
      fc.property(criteria, ({ directives, of, node, text, start, patience }) => {
        const parsed = parseTextFilter(text);
        const wanted: LineCriteria = {
          levels: levelsOf(directives, of),
          node,
          expression: parsed.ok ? parsed.expression : null,
        };
        const lines = new FilteredLines(someStore, new LineFilter(wanted), start === undefined ? {} : { start });
        for (let turns = 0; !lines.isSettled; turns += 1) {
          let looks = 0;
          lines.work(() => (looks += 1) > patience);
          if (turns > 100) throw new Error('It never settles.');
        }
        expect(numbersOf(lines)).toEqual(plainly(someStore, wanted));
      }),
      { numRuns: 40 },
    );
  });

  it('finds a piece of text as a person means it: in any case', () => {
    const parsed = parseTextFilter('HEARTBEAT to 1');
    const criteria = { levels: levelsOf('trace'), node: null, expression: parsed.ok ? parsed.expression : null };
    const lines = new FilteredLines(someStore, new LineFilter(criteria));
    lines.work(never);
    const plain = rowsOf(someStore).filter((row) => row.text.toLowerCase().includes('heartbeat to 1'));
    expect(numbersOf(lines)).toEqual(plain.map((row) => row.number));
    expect(plain.length).toBeGreaterThan(10);
  });
});

describe('ordinals', () => {
  const warnings = new LineFilter({ levels: levelsOf('warn'), node: null, expression: null });

  it('name a line for good: while more is found on either side, and older lines fall out', () => {
    const store = storeOf(chunkLines + 50, 2 * chunkLines);
    const lines = new FilteredLines(store, warnings);
    lines.work(never);
    const at = lines.endOrdinal - 3;
    const number = lines.numberAt(at);
    for (let seed = 0; seed < 2 * chunkLines; seed += 1) store.push(line(seed));
    lines.work(never);
    expect(lines.numberAt(at)).toBe(number);
    expect(numbersOf(lines)).toEqual(plainly(store, { levels: levelsOf('warn'), node: null, expression: null }));
    expect(lines.firstOrdinal).toBeGreaterThan(-chunkLines);
  });

  it('go with the lines when all of them fall out at once', () => {
    const store = storeOf(10, chunkLines);
    const lines = new FilteredLines(store, warnings);
    lines.work(never);
    for (let seed = 0; seed < 5 * chunkLines; seed += 1) store.push(line(seed));
    lines.work(never);
    expect(numbersOf(lines)).toEqual(plainly(store, { levels: levelsOf('warn'), node: null, expression: null }));
  });

  it('are found for numbers, also for those that are left out', () => {
    const lines = new FilteredLines(someStore, warnings);
    lines.work(never);
    for (const number of [0, 1, 5, chunkLines - 1, chunkLines, 2 * chunkLines + 99, 1e9]) {
      const at = lines.ordinalOf(number);
      expect(lines.numberAt(at) ?? Infinity).toBeGreaterThanOrEqual(Math.min(number, someStore.nextNumber));
      const before = at > lines.firstOrdinal ? lines.numberAt(at - 1) : -Infinity;
      expect(before).toBeLessThan(number);
    }
    expect([lines.numberAt(lines.firstOrdinal - 1), lines.numberAt(lines.endOrdinal)]).toEqual([undefined, undefined]);
  });

  it('run backwards as well', () => {
    const lines = new FilteredLines(someStore, warnings);
    lines.work(never);
    expect([...lines.numbersFrom(lines.endOrdinal - 1, -1)].toReversed()).toEqual(numbersOf(lines));
  });
});

it('begins with what is on screen', () => {
  const store = storeOf(20 * chunkLines);
  const all = new LineFilter({ levels: levelsOf('trace'), node: null, expression: null });
  const lines = new FilteredLines(store, all, { start: 3 * chunkLines + 7 });
  let looks = 0;
  lines.work(() => (looks += 1) > 2);
  expect(lines.numberAt(lines.ordinalOf(3 * chunkLines + 7))).toBe(3 * chunkLines + 7);
  expect(lines.isSettled).toBe(false);
});

it('counts only what came since a number, and shows marked lines whatever the filter says', () => {
  const nothing = new LineFilter({ levels: levelsOf('off'), node: null, expression: null });
  const marked = new FilteredLines(someStore, nothing, { always: new Set([5, chunkLines + 1]) });
  marked.work(never);
  expect(numbersOf(marked)).toEqual([5, chunkLines + 1]);
  const all = new LineFilter({ levels: levelsOf('trace'), node: null, expression: null });
  const since = new FilteredLines(someStore, all, { from: chunkLines });
  since.work(never);
  expect(since.length).toBe(someStore.nextNumber - chunkLines);
});
