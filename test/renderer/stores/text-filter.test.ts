import { describe, expect, it } from 'vitest';
import { parseTextFilter } from '../../../renderer/stores/text-filter.ts';

function passes(typed: string, line: string): boolean {
  const filter = parseTextFilter(typed);
  if (!filter.ok) throw new Error(filter.message);
  return filter.expression?.test(line) ?? true;
}

describe('parseTextFilter', () => {
  it('lets everything through when nothing is typed', () => {
    expect(parseTextFilter('  ')).toEqual({ ok: true, expression: null });
  });

  it('finds a piece of text in any case', () => {
    expect(passes('commits', 'node 0 info raft COMMITS 4 → 5')).toBe(true);
    expect(passes('commits', 'node 0 info raft TERM 4 → 5')).toBe(false);
  });

  it('takes text between slashes for a regular expression', () => {
    expect(passes('/COMMITS \\d+ → 5/', 'COMMITS 4 → 5')).toBe(true);
    expect(passes('/commits/', 'COMMITS 4 → 5')).toBe(false);
    expect(passes('/commits/i', 'COMMITS 4 → 5')).toBe(true);
    expect(passes('a/b', 'see a/b')).toBe(true);
  });

  it('answers the same for the same line, whatever the flags', () => {
    const filter = parseTextFilter('/a/gy');
    const answers = [1, 2, 3].map(() => filter.ok && filter.expression?.test('abc'));
    expect(answers).toEqual([true, true, true]);
  });

  it('says what is wrong with an expression', () => {
    const broken = parseTextFilter('/heart(/');
    expect(broken).toMatchObject({ ok: false, message: expect.stringContaining('heart(') });
    expect(parseTextFilter('/a/qq').ok).toBe(false);
  });
});
