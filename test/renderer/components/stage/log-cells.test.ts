import { describe, expect, it } from 'vitest';
import { lastCells } from '../../../../renderer/components/stage/log-cells.ts';
import { newNodeView } from '../../../../shared/projection/node-view.ts';

const runs = [
  { term: 1, firstIndex: 1 },
  { term: 4, firstIndex: 3 },
];
const node = { ...newNodeView(0, { host: '127.0.0.1', port: 1 }), termRuns: runs, lastIndex: 5, commitIndex: 3 };

describe('the end of a log', () => {
  it('has a cell per entry with its term, committed or not', () => {
    expect(lastCells(node, 3)).toEqual([
      { index: 3, term: 4, isCommitted: true },
      { index: 4, term: 4, isCommitted: false },
      { index: 5, term: 4, isCommitted: false },
    ]);
    expect(lastCells(node, 99).map((cell) => cell.term)).toEqual([1, 1, 4, 4, 4]);
  });

  it('is empty where the log is', () => {
    expect(lastCells({ ...node, lastIndex: 0 }, 10)).toEqual([]);
  });

  it('begins behind what was compacted', () => {
    const compacted = { ...node, firstIndex: 4, termRuns: [{ term: 4, firstIndex: 4 }] };
    expect(lastCells(compacted, 99).map((cell) => cell.index)).toEqual([4, 5]);
  });
});
