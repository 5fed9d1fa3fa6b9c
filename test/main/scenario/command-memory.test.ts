import { describe, expect, it } from 'vitest';
import { CommandMemory } from '../../../main/scenario/command-memory.ts';
import type { CommandOf } from '../../../shared/command.ts';

const ms = 1_000_000;
const cluster: CommandOf<'start-cluster'> = { type: 'start-cluster', nodes: 3 };
const crash = (node: number): CommandOf<'crash-node'> => ({ type: 'crash-node', node });
const append = (text: string): CommandOf<'append'> => ({ type: 'append', node: 0, entries: [text] });

const nodesIn = (memory: CommandMemory): readonly unknown[] | undefined =>
  memory.recall()?.commands.map(({ command }) => ('node' in command ? command.node : undefined));

describe('CommandMemory', () => {
  it('remembers what was done since the cluster was started, and when', () => {
    const memory = new CommandMemory();
    memory.add(crash(0), 5 * ms);
    expect(memory.recall()).toBeUndefined();
    memory.begin(cluster, 10 * ms);
    memory.add(crash(1), 10 * ms);
    memory.add(crash(2), 1_010 * ms);
    expect(memory.recall()).toEqual({
      cluster,
      commands: [
        { atMs: 0, command: crash(1) },
        { atMs: 1_000, command: crash(2) },
      ],
      forgotten: 0,
    });
  });

  it('is about one cluster, and about what a step can say', () => {
    const memory = new CommandMemory();
    memory.begin(cluster, 0);
    memory.add(crash(0), 0);
    const other = { ...cluster, nodes: 5 };
    memory.begin(other, 0);
    memory.add({ type: 'stop-cluster' }, 0);
    memory.add({ type: 'judge' }, 0);
    expect(memory.recall()).toEqual({ cluster: other, commands: [], forgotten: 0 });
  });

  it('takes back what made no sense, but not in the memory of the next cluster', () => {
    const memory = new CommandMemory();
    memory.begin(cluster, 0);
    const takeBack = memory.add(crash(0), 0);
    memory.add(crash(1), 0);
    takeBack();
    expect(nodesIn(memory)).toEqual([1]);
    const late = memory.add(crash(2), 0);
    memory.begin(cluster, 0);
    memory.add(crash(0), 0);
    late();
    expect(nodesIn(memory)).toEqual([0]);
  });

  it('forgets the earliest when there are too many, and says how many', () => {
    const memory = new CommandMemory(2, 1_000);
    memory.begin(cluster, 0);
    for (const node of [0, 1, 2, 3]) memory.add(crash(node), 0);
    expect(nodesIn(memory)).toEqual([2, 3]);
    expect(memory.recall()?.forgotten).toBe(2);
  });

  it('forgets the earliest when their entries are too large, and counts bytes that were taken back no more', () => {
    const memory = new CommandMemory(100, 10);
    memory.begin(cluster, 0);
    memory.add(append('123456'), 0)();
    memory.add(append('123456'), 0);
    memory.add(append('1234'), 0);
    expect(memory.recall()).toMatchObject({ forgotten: 0 });
    memory.add(append('1'), 0);
    expect(memory.recall()).toMatchObject({ forgotten: 1 });
    expect(memory.recall()?.commands.map(({ command }) => command)).toEqual([append('1234'), append('1')]);
    // One that is too large alone leaves nothing.
    memory.add(append('x'.repeat(11)), 0);
    expect(memory.recall()).toMatchObject({ commands: [], forgotten: 4 });
  });
});
