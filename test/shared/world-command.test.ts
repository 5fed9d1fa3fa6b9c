import { describe, expect, it } from 'vitest';
import { commandSchema, describeCommandProblem } from '../../shared/command.ts';

describe('commands to time, and to the choice of the world', () => {
  it.each([
    { type: 'set-pace', speed: 0 },
    { type: 'set-pace', speed: 0.25 },
    { type: 'step-world' },
    { type: 'find-seed', looking: 'split-vote', nodes: 5 },
    { type: 'find-seed', looking: 'violation', nodes: 3, rulesOff: ['one-vote-per-term'], from: 7, seedsMax: 10 },
    { type: 'find-seed', looking: 'two-leaders', nodes: 3, networkDelay: { minMs: 1, maxMs: 2 } },
    { type: 'stop-search' },
  ])('may be %j', (command) => {
    expect(commandSchema.parse(command)).toEqual(command);
  });

  it.each([
    [{ type: 'set-pace', speed: -1 }, 'speed'],
    [{ type: 'set-pace', speed: 101 }, 'speed'],
    [{ type: 'find-seed', looking: 'peace', nodes: 3 }, 'looking'],
    [{ type: 'find-seed', looking: 'violation', nodes: 3, seedsMax: 0 }, 'seedsMax'],
  ])('is not %j', (command, place) => {
    expect(describeCommandProblem(command)).toContain(place);
  });
});
