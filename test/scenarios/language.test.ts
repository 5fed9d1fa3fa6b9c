/** What the language of the scenario files does, and what it refuses. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandNames } from '../support/transcript-commands.ts';
import { headOf, regenerate } from '../support/transcript-file.ts';
import { isUpdate } from '../support/transcript-update.ts';

/** The trace that the last block leaves. */
function traceOf(...blocks: readonly string[]): readonly string[] {
  const last = regenerate(blocks.join('\n\n')).trimEnd().split('\n\n').at(-1) ?? '';
  return last.slice(last.indexOf('----') + 5).split('\n');
}

const firstElection = ['quiet cluster 3', 'quiet elect 0'];

describe('a scenario file', () => {
  it('keeps comments and commands, and gets the trace anew', () => {
    const text = '# Title\n\n# why\nquiet cluster 1\n----\nan old trace\nof two lines\n';
    expect(regenerate(text)).toBe('# Title\n\n# why\nquiet cluster 1\n----\nok\n');
  });

  it('gives the same trace each time', () => {
    const text = ['cluster 5', 'run 1000ms', 'propose 0 a', 'run 100ms', 'state'].join('\n\n');
    const once = regenerate(text);
    expect(regenerate(text)).toBe(once);
    expect(regenerate(once)).toBe(once);
  });

  it('lists who took a step and why, its events, what it sent and what it answered', () => {
    expect(traceOf(...firstElection, 'propose 0 foo')).toEqual([
      'node 0: a client appends foo (request 1)',
      '    appends 2 of term 1: from one request',
      expect.stringMatching(/^ {4}→ 1: AppendEntries in term 1, commit 1, behind 1:1: 2:1 foo #\d+$/),
      expect.stringMatching(/^ {4}→ 2: AppendEntries in term 1, commit 1, behind 1:1: 2:1 foo #\d+$/),
      '    answers request 1: 2:1, if that commits',
    ]);
  });

  it('lists each message once, also one that is delivered twice', () => {
    const trace = traceOf(...firstElection, 'quiet propose 0 foo', 'repeat 0->1\ndeliver 0->1');
    expect(trace.filter((line) => line.startsWith('0 → 1'))).toHaveLength(2);
    expect(trace.filter((line) => line.startsWith('    → 0'))).toHaveLength(2);
  });

  it('delivers both ways, by kind and by number', () => {
    const started = [...firstElection, 'quiet propose 0 foo'];
    expect(traceOf(...started, 'drop append-entries 1')).toHaveLength(1);
    expect(traceOf(...started, 'drop ->2')).toEqual([expect.stringMatching(/^0 → 2: .*: lost$/)]);
    const both = traceOf(...started, 'settle 1<>0').filter((line) => !line.startsWith(' '));
    expect(both.map((line) => line.slice(0, 5))).toEqual(['0 → 1', '1 → 0']);
  });

  it('begins with a title and an explanation that names the section', () => {
    expect(headOf('# A\n# one\n# two. Raft §5.2.')).toEqual({ title: 'A', explanation: 'one two. Raft §5.2.' });
    expect(() => headOf('# A\n# one §5.2')).toThrow('two lines');
    expect(() => headOf('# A\n# one\n# two')).toThrow('section');
  });

  it.each([
    ['crsh 1', "'crsh' is no command"],
    ['deliver', "no message fits ''"],
    ['deliver 1>2', "'1>2' names no messages"],
    ['deliver 1->2 3 4', 'names no messages'],
    ['crash one', "'one' is no number"],
    ['read 0 carefully', "'carefully' is no way to read"],
    ['cut 0-1', "'0-1' is no link"],
    ['crash 7', 'there is no node 7'],
    ['rules-off pre-vote', 'comes before the cluster'],
  ])('says where %s makes no sense', (line, reason) => {
    expect(() => traceOf(...firstElection, line)).toThrow(reason);
    expect(() => traceOf(...firstElection, line)).toThrow(`at '${line}'`);
  });

  it('refuses a rule that is not there', () => {
    expect(() => regenerate('rules-off sleep')).toThrow("'sleep' is no rule");
  });
});

describe('a promise that does not hold', () => {
  const twoCandidates = ['rules-off one-vote-per-term pre-vote\nquiet cluster 3', 'quiet time-out 0\nquiet time-out 1'];

  it('fails the file, unless the command says that it will break', () => {
    const broken = /election safety|one-vote-per-term/;
    expect(() => traceOf(...twoCandidates, 'quiet settle')).toThrow(broken);
    const expected = 'quiet settle\nexpect broken one-vote-per-term\nexpect broken election safety';
    expect(traceOf(...twoCandidates, expected).join('\n')).toContain(
      'BROKEN: election safety: nodes 0 and 1 lead term 1',
    );
  });

  it('fails the file when it holds although it should break', () => {
    expect(() => traceOf(...firstElection, 'state\nexpect broken election safety')).toThrow(
      "'election safety' was to break at 'state', and holds",
    );
  });
});

describe('the README beside this file', () => {
  const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');

  it.each(commandNames)('explains %s', (name) => {
    expect(readme).toMatch(new RegExp(`\`${name}[ \`]`));
  });
});

describe('UPDATE_SCENARIOS', () => {
  it('writes the files anew, but never in CI', () => {
    expect(isUpdate({})).toBe(false);
    expect(isUpdate({ UPDATE_SCENARIOS: '0', CI: 'true' })).toBe(false);
    expect(isUpdate({ UPDATE_SCENARIOS: '1', CI: '' })).toBe(true);
    expect(() => isUpdate({ UPDATE_SCENARIOS: '1', CI: 'true' })).toThrow('not for CI');
  });
});
