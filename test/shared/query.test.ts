import { describe, expect, it } from 'vitest';
import { limits } from '../../shared/cluster-config.ts';
import { querySchema } from '../../shared/query.ts';

function isQuery(value: unknown): boolean {
  return querySchema.safeParse(value).success;
}

describe('queries', () => {
  it('are read', () => {
    expect(isQuery({ type: 'bounds' })).toBe(true);
    expect(isQuery({ type: 'view-at', at: { timeNs: 1.5e9 } })).toBe(true);
    expect(isQuery({ type: 'view-at', at: { position: 7 } })).toBe(true);
    expect(isQuery({ type: 'events', from: 0, limit: 10, filter: { nodes: [-1, 0], types: ['role-changed'] } })).toBe(
      true,
    );
    expect(isQuery({ type: 'find-event', from: 3, direction: 'backwards', filter: {} })).toBe(true);
  });

  it('that make no sense, or ask for too much at once, are none', () => {
    expect(isQuery({ type: 'bound' })).toBe(false);
    expect(isQuery({ type: 'view-at', at: { timeNs: 1, position: 1 } })).toBe(false);
    expect(isQuery({ type: 'events', from: -1, limit: 10 })).toBe(false);
    expect(isQuery({ type: 'events', from: 0, limit: limits.eventsPerQueryMax + 1 })).toBe(false);
    expect(isQuery({ type: 'entry-life', index: 0 })).toBe(false);
    expect(isQuery({ type: 'find-event', from: 0, direction: 'up', filter: {} })).toBe(false);
  });
});
