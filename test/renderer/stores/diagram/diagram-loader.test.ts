import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chunkSize } from '../../../../renderer/stores/diagram/diagram-chunk.ts';
import { DiagramLoader, type Coverage } from '../../../../renderer/stores/diagram/diagram-loader.ts';
import { DiagramModel } from '../../../../renderer/stores/diagram/diagram-model.ts';
import { PositionIndex } from '../../../../renderer/stores/diagram/position-index.ts';
import type { SendQuery } from '../../../../shared/bridge.ts';
import type { LabEvent } from '../../../../shared/event.ts';
import { emptyClusterView } from '../../../../shared/projection/cluster-view.ts';
import type { Query } from '../../../../shared/query.ts';
import { fail, succeed, type Result } from '../../../../shared/result.ts';

/** An event each millisecond. */
const count = 60 * chunkSize;
const endNs = (count - 1) * 1e6;

function eventAt(position: number): LabEvent {
  return {
    node: 0,
    boot: 1,
    sequence: position + 1,
    timeNs: position * 1e6,
    lamport: position,
    type: 'leader-known',
    leaderId: 0,
    term: 1,
  };
}

let asked: Query[] = [];
let isAnswering = true;
let model = new DiagramModel();
let loader: DiagramLoader;
let coverage: Coverage[] = [];

function answer(query: Query): Result<unknown> {
  if (!isAnswering) return fail('not-running', 'gone');
  if (query.type === 'view-at' && 'timeNs' in query.at)
    return succeed({
      view: emptyClusterView,
      position: Math.min(count, Math.floor(query.at.timeNs / 1e6) + 1),
      timeNs: query.at.timeNs,
    });
  if (query.type === 'seconds') return succeed([]);
  if (query.type !== 'events') throw new Error(`unexpected ${query.type}`);
  const end = Math.min(query.to ?? count, query.from + query.limit);
  const positions = Array.from({ length: end - query.from }, (_, at) => query.from + at);
  return succeed({ positions, events: positions.map(eventAt), next: end });
}

async function seen(fromS: number, toS: number): Promise<void> {
  loader.see(fromS * 1e9, toS * 1e9);
  await vi.waitFor(() => expect(['loaded', 'seconds', 'missing']).toContain(coverage.at(-1)));
}

beforeEach(() => {
  asked = [];
  coverage = [];
  isAnswering = true;
  model = new DiagramModel();
  const positions = new PositionIndex();
  positions.add(0, 0);
  const query = (async (one: Query) => {
    asked.push(one);
    return answer(one);
  }) as SendQuery;
  let ms = 0;
  loader = new DiagramLoader({
    model,
    positions,
    query,
    held: () => ({ first: 0, end: count, endNs }),
    onCoverage: (next) => coverage.push(next),
    nowMs: () => (ms += 10_000),
  });
});

describe('loading what is in view', () => {
  it('finds the place of a time by asking, and loads that part only', async () => {
    await seen(100, 101);
    expect(coverage.at(-1)).toBe('loaded');
    expect(asked.filter(({ type }) => type === 'view-at')).toHaveLength(2);
    const [first, last] = [Math.floor(99_800 / chunkSize), Math.floor(101_200 / chunkSize)];
    expect([...model.chunks.keys()].toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: last - first + 1 }, (_, at) => first + at),
    );
  });

  it('asks nothing for what it has, nor for places that it has learned', async () => {
    await seen(100, 101);
    asked = [];
    coverage = [];
    loader.see(100.1e9, 101.05e9);
    await Promise.resolve();
    expect(asked).toEqual([]);
  });

  it('asks for seconds where there is too much to load', async () => {
    await seen(0, endNs / 1e9);
    expect(coverage.at(-1)).toBe('seconds');
    expect(asked.map(({ type }) => type)).toEqual(['seconds']);
    expect(model.chunks.size).toBe(0);
  });

  it('keeps no more than it may, however far one goes', async () => {
    for (let second = 0; second < 220; second += 20) {
      coverage = [];
      await seen(second, second + 20);
      await vi.waitFor(() => expect(coverage.at(-1) ?? 'loaded').toBe('loaded'));
    }
    expect(model.chunks.size).toBeLessThanOrEqual(48);
  });

  it('says when nothing can be had, and tries again later', async () => {
    isAnswering = false;
    await seen(10, 11);
    expect(coverage.at(-1)).toBe('missing');
    isAnswering = true;
    coverage = [];
    await seen(10, 11);
    expect(coverage.at(-1)).toBe('loaded');
  });
});
