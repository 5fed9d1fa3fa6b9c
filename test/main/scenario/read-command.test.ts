import { expect, it } from 'vitest';
import { readCommand } from '../../../main/scenario/read-command.ts';
import { namedScope } from '../../support/scenario-story.ts';

const problems = (...[type, argument]: [Parameters<typeof readCommand>[0], unknown]): readonly string[] =>
  readCommand(type, argument, namedScope()).findings.map(({ path, message }) => `${path.join('.')}: ${message}`);

it('leaves words for servers in the command, once each of them is known', () => {
  expect(readCommand('crash-node', 'follower 2', namedScope())).toEqual({
    template: { type: 'crash-node', fields: { node: 'follower 2' } },
    findings: [],
  });
  expect(problems('crash-node', ['old', 'leader', 4])).toEqual([]);
  expect(problems('partition', [['leader', 'old'], 'rest'])).toEqual([]);
  expect(problems('set-fault', { link: 'all -> leader', drop: 10 })).toEqual([]);
  expect(problems('start-workload', { node: 'old', clients: 2 })).toEqual([]);
});

it('holds the whole command against its schema', () => {
  expect(problems('append', { entires: ['x'] })).toContainEqual(
    'entires: unknown key "entires"; did you mean "entries"?',
  );
  expect(problems('crash-node', 'nobody')).toEqual(['node: "nobody" names no server so far']);
  expect(problems('append', { entries: ['x'], node: 'all' })).toEqual(['node: append asks one server, not all']);
  expect(problems('set-disk', { node: 1, slow: '5 s to 1 s' })).toEqual(['disk: disk: minMs is above maxMs']);
});

it('says what a link looks like', () => {
  expect(problems('cut-link', '0 => 1')).toEqual([
    'link: expected a link: leader -> follower 1, both ways leader <-> 1, or { from: leader, to: [1, 2] }',
  ]);
  expect(problems('set-fault', { link: 3, drop: 10 })[0]).toMatch(/^link: expected a link/);
});
