import { describe, expect, it } from 'vitest';
import { commandSchema, describeCommandProblem, type Command } from '../../shared/command.ts';

const commands: Command[] = [
  { type: 'start-cluster', nodes: 3 },
  {
    type: 'start-cluster',
    nodes: 9,
    fresh: true,
    timings: { electionTimeoutMinMs: 150, electionTimeoutMaxMs: 300, heartbeatIntervalMs: 50 },
  },
  { type: 'stop-cluster' },
  { type: 'start-node', node: 0 },
  { type: 'stop-node', node: 1 },
  { type: 'crash-node', node: 2 },
  { type: 'cut-link', link: { from: 0, to: 1 } },
  { type: 'heal-link', link: { from: 0, to: 1 } },
  { type: 'heal-all' },
  { type: 'append', node: 0, entries: ['foo', new Uint8Array([1, 2])], expect: { prevLogIndex: 0, prevLogTerm: 0 } },
  { type: 'index-range', node: 0, startIndex: 0, endIndex: 5, read: 'local', includeInternal: true },
  { type: 'index-range', node: 0, startIndex: 0, endIndex: 5, read: 'lease' },
  { type: 'append', node: 0, entries: ['foo'], session: { sessionId: 7, sequence: 3, lowestOpen: 2 } },
  { type: 'change-membership', voters: [0, 1, 3], learners: [4] },
  { type: 'change-membership', mode: 'single-server', voters: [0], learners: [] },
  { type: 'transfer-leadership', to: 2 },
  { type: 'set-retention', retainEntries: 0 },
  { type: 'set-rules', rulesOff: ['pre-vote', 'own-term-commit'] },
  { type: 'set-rules', rulesOff: [] },
];

describe('commands', () => {
  it.each(commands)('$type passes the door as it is', (command) => {
    expect(commandSchema.parse(command)).toEqual(command);
    expect(describeCommandProblem(command)).toBeUndefined();
  });

  it.each([
    [{ type: 'start-cluster', nodes: 10 }, 'nodes'],
    [{ type: 'start-cluster', nodes: 0 }, 'nodes'],
    [{ type: 'crash-node' }, 'node'],
    [{ type: 'append', node: 0, entries: [] }, 'entries'],
    [{ type: 'append', node: 0, entries: [5] }, 'entries.0'],
    [{ type: 'index-range', node: 0, startIndex: -1, endIndex: 5 }, 'startIndex'],
    [{ type: 'index-range', node: 0, startIndex: 0, endIndex: 5, read: 'stale' }, 'read'],
    [{ type: 'append', node: 0, entries: ['a'], session: { sessionId: 1, sequence: 1, lowestOpen: 2 } }, 'session'],
    [{ type: 'change-membership', voters: [], learners: [1] }, 'voters'],
    [{ type: 'change-membership', voters: [0, 0], learners: [] }, 'voters'],
    [{ type: 'change-membership', mode: 'at-once', voters: [0], learners: [] }, 'mode'],
    [{ type: 'transfer-leadership', to: -1 }, 'to'],
    [{ type: 'set-retention', retainEntries: 0.5 }, 'retainEntries'],
    [{ type: 'set-rules', rulesOff: ['gravity'] }, 'rulesOff.0'],
    [{ type: 'set-rules', rulesOff: ['pre-vote', 'pre-vote'] }, 'rulesOff'],
    [{ type: 'explode' }, 'type'],
    [{ type: 'heal-all', really: true }, 'command'],
    ['crash-node', 'command'],
  ])('%j is refused with the place of the problem', (value, place) => {
    expect(describeCommandProblem(value)).toContain(place);
  });
});
