import { describe, expect, it } from 'vitest';
import { matchActions } from '../../../renderer/actions/match-actions.ts';
import type { PageAction } from '../../../renderer/stores/actions.ts';

const make = (id: string, group: string, label: string): PageAction => ({ id, group, label, run: () => {} });
const all = [
  make('go-logs', 'Panes', 'Go to Logs'),
  make('hide-logs', 'Panes', 'Hide Logs'),
  make('crash-1', 'Nodes', 'Crash node 1'),
  make('crash-2', 'Nodes', 'Crash node 2'),
  make('heal', 'Cluster', 'Heal everything'),
];
const find = (typed: string, recent: readonly string[] = []): string[] =>
  matchActions(all, typed, recent).map(({ id }) => id);

describe('finding acts by words', () => {
  it('finds all when nothing is typed', () => {
    expect(find('  ')).toHaveLength(all.length);
  });
  it('wants every word, in any order, by its beginning', () => {
    expect(find('node 2 cra')).toEqual(['crash-2']);
    expect(find('logs')).toEqual(['go-logs', 'hide-logs']);
  });
  it('takes letters in their order, after what fits better', () => {
    expect(find('gtl')).toEqual(['go-logs']);
    expect(find('hide logs')).toEqual(['hide-logs']);
    expect(find('xyz')).toEqual([]);
  });
  it('finds by the heading, too', () => {
    expect(find('cluster')).toEqual(['heal']);
    expect(find('pane hide')).toEqual(['hide-logs']);
  });
  it('puts what was done last first among equals', () => {
    expect(find('logs', ['hide-logs'])).toEqual(['hide-logs', 'go-logs']);
  });
});
