import { expect, it } from 'vitest';
import { limits } from '../../shared/cluster-config.ts';
import { commandSchema, describeCommandProblem } from '../../shared/command.ts';
import { exportFormats } from '../../shared/session-command.ts';

const name = '2026-11-24T031702Z-1b9d6bcd.raftlab';

it('takes the commands to recorded sessions', () => {
  for (const command of [
    { type: 'open-session', name },
    { type: 'import-session', name: 'my lecture (2).raftlab', offset: 0, bytes: new Uint8Array(3), last: true },
    { type: 'delete-sessions', names: [name] },
    ...exportFormats.map((format) => ({ type: 'export-session', export: '1', format })),
    {
      type: 'export-session',
      export: '1',
      format: 'csv',
      fromNs: 1,
      toNs: 2,
      nodes: [0, 4],
      types: ['entries-applied'],
    },
    { type: 'cancel-export', export: '1' },
  ]) {
    expect(commandSchema.safeParse(command).success, command.type).toBe(true);
  }
});

it.each([
  '../x.raftlab',
  'a/b.raftlab',
  'a\\b.raftlab',
  '.raftlab',
  '..raftlab',
  'x.txt',
  '',
  `${'x'.repeat(200)}.raftlab`,
])('takes no path for a name: %s', (bad) => {
  expect(describeCommandProblem({ type: 'open-session', name: bad })).toContain('name');
});

it.each([
  [{ type: 'delete-sessions', names: [] }, 'names'],
  [{ type: 'export-session', export: '', format: 'csv' }, 'export'],
  [{ type: 'export-session', export: '1', format: 'doc' }, 'format'],
  [{ type: 'export-session', export: '1', format: 'csv', fromNs: -1 }, 'fromNs'],
  [
    { type: 'import-session', name, offset: 0, bytes: new Uint8Array(limits.importPieceBytesMax + 1), last: true },
    'too large a piece',
  ],
])('refuses %j, and says where', (command, place) => {
  expect(describeCommandProblem(command)).toContain(place);
});
