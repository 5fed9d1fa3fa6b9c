import { expect, it } from 'vitest';
import { CommandMemory } from '../../../main/scenario/command-memory.ts';

const start = { type: 'start-cluster', nodes: 3 } as const;
const second = 1e9;

it('remembers what was done to this cluster, and when', () => {
  const memory = new CommandMemory();
  memory.add({ type: 'crash-node', node: 0 }, second);
  expect(memory.recall()).toBeUndefined();
  memory.begin(start, 2 * second);
  memory.add({ type: 'crash-node', node: 1 }, 3.5 * second);
  memory.add({ type: 'judge' }, 4 * second);
  memory.add({ type: 'stop-cluster' }, 5 * second);
  expect(memory.recall()).toEqual({
    cluster: start,
    commands: [{ atMs: 1_500, command: { type: 'crash-node', node: 1 } }],
    forgotten: 0,
  });
  memory.begin(start, 6 * second);
  expect(memory.recall()?.commands).toEqual([]);
});

it('takes back what made no sense, of this cluster only', () => {
  const memory = new CommandMemory();
  memory.begin(start, 0);
  const forget = memory.add({ type: 'crash-node', node: 9 }, 0);
  memory.add({ type: 'crash-node', node: 1 }, 0);
  forget();
  expect(memory.recall()?.commands).toHaveLength(1);
  const late = memory.add({ type: 'crash-node', node: 2 }, 0);
  memory.begin(start, 0);
  memory.add({ type: 'crash-node', node: 0 }, 0);
  late();
  expect(memory.recall()?.commands).toMatchObject([{ command: { node: 0 } }]);
});

it('is bounded by commands and by the bytes of entries, and counts what it let go', () => {
  const memory = new CommandMemory(3, 100);
  memory.begin(start, 0);
  for (let node = 0; node < 5; node += 1) memory.add({ type: 'crash-node', node }, 0);
  expect(memory.recall()).toMatchObject({ forgotten: 2, commands: [{}, {}, {}] });
  memory.add({ type: 'append', node: 0, entries: ['x'.repeat(60)] }, 0);
  memory.add({ type: 'append', node: 1, entries: ['x'.repeat(60)] }, 0);
  expect(memory.recall()).toMatchObject({ forgotten: 6, commands: [{ command: { node: 1 } }] });
});
