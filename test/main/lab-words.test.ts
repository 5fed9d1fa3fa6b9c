import { expect, it } from 'vitest';
import { describeCommand, doesNotRun, machineWords, unknownNode, wentWrong } from '../../main/lab-words.ts';

it('names the nodes that there are', () => {
  expect(unknownNode(4, [0]).message).toBe('There is no node 4 in this cluster; it has only node 0.');
  expect(unknownNode(4, [0, 1, 2]).message).toBe('There is no node 4 in this cluster; it has nodes 0, 1 and 2.');
});

it('says what to do, where something can be done', () => {
  expect(doesNotRun(1).message).toBe('Node 1 is not running.');
  expect(doesNotRun(1, machineWords.startFirst).message).toBe('Node 1 is not running. Start it first.');
});

it('says a command in a few words', () => {
  expect(describeCommand({ type: 'cut-link', link: { from: 0, to: 2 } })).toBe('cut-link 0→2');
  expect(describeCommand({ type: 'stop-node', node: 3 })).toBe('stop-node 3');
  expect(describeCommand({ type: 'append', node: 3, entries: ['a'] })).toBe('append at node 3');
  expect(describeCommand({ type: 'heal-all' })).toBe('heal-all');
});

it('says what went wrong, an error or anything else', () => {
  const message = 'heal-all went wrong: it broke. Please report this.';
  expect(wentWrong({ type: 'heal-all' }, new Error('it broke')).message).toBe(message);
  expect(wentWrong({ type: 'heal-all' }, 'it broke').message).toBe(message);
});

it('says how a clock runs and jumps', () => {
  expect(machineWords.clockRate(100_000)).toBe('Its clock is 10 % fast.');
  expect(machineWords.clockRate(-5_000)).toBe('Its clock is 0.5 % slow.');
  expect(machineWords.clockJump(-20)).toBe('Its clock stands still until it has fallen 20 ms behind.');
  expect(machineWords.clockJump(20)).toBe('Its clock goes 20 ms ahead.');
});
