import { describe, expect, it } from 'vitest';
import { commandSchema } from '../../shared/command.ts';
import { diskSchema } from '../../shared/fault-command.ts';

describe('a disk', () => {
  it('gets what is left out', () => {
    expect(diskSchema.parse({ kind: 'slow', minMs: 1, maxMs: 2 })).toMatchObject({ distribution: 'uniform' });
    expect(diskSchema.parse({ kind: 'full' })).toEqual({ kind: 'full', freeBytes: 0 });
  });

  it.each([
    { kind: 'slow', minMs: 3, maxMs: 2 },
    { kind: 'slow', minMs: -1, maxMs: 2 },
    { kind: 'full', freeBytes: -1 },
    { kind: 'failing', at: 'lunch' },
    { kind: 'haunted' },
  ])('is not %j', (disk) => {
    expect(diskSchema.safeParse(disk).success).toBe(false);
  });
});

describe('what a person does to links and machines', () => {
  it.each([
    { type: 'partition', groups: [[0, 1], [2]] },
    { type: 'clear-fault', faultRule: 'late' },
    { type: 'pause-node', node: 0 },
    { type: 'cut-power', node: 0 },
    { type: 'set-clock-rate', node: 0, partsPerMillion: -900_000 },
    { type: 'jump-clock', node: 0, byMs: -5 },
  ])('may be %j', (command) => {
    expect(commandSchema.parse(command)).toEqual(command);
  });

  it.each([
    {
      type: 'partition',
      groups: [
        [0, 1],
        [1, 2],
      ],
    },
    { type: 'partition', groups: [] },
    { type: 'set-clock-rate', node: 0, partsPerMillion: -1_000_000 },
    { type: 'jump-clock', node: 0, byMs: 0.5 },
    { type: 'wipe-node' },
  ])('may not be %j', (command) => {
    expect(commandSchema.safeParse(command).success).toBe(false);
  });
});
