import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryBytes } from '../../../shared/log-entry.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';
import { EntryCache } from '../../../main/disk/entry-cache.ts';
import { entryAt } from './disk-fixture.ts';

describe('EntryCache', () => {
  it('drops the oldest entries past its limit, but none that is not durable', () => {
    const cache = new EntryCache(11, 2 * entryBytes(entryAt(1)));
    for (let index = 11; index <= 15; index += 1) cache.append(entryAt(index));
    cache.evict(12);
    expect(cache.firstIndex).toBe(13);
    cache.evict(15);
    expect(cache.firstIndex).toBe(14);
    expect(cache.get(13)).toBeUndefined();
    expect(cache.get(14)).toEqual(entryAt(14));
  });

  it('goes on behind a cut, even before its first entry', () => {
    const cache = new EntryCache(11, 1000);
    cache.append(entryAt(11));
    cache.truncate(5);
    expect(cache.firstIndex).toBe(5);
    expect(cache.bytes).toBe(0);
    cache.append(entryAt(5, 2));
    expect(cache.get(5)).toEqual(entryAt(5, 2));
  });

  it('drops what is not wanted any more, and goes on anywhere', () => {
    const cache = new EntryCache(11, 1e6);
    for (let index = 11; index <= 15; index += 1) cache.append(entryAt(index));
    cache.dropUpTo(5);
    cache.dropUpTo(13);
    expect([cache.firstIndex, cache.bytes]).toEqual([14, 2 * entryBytes(entryAt(1))]);
    cache.dropUpTo(99);
    expect([cache.firstIndex, cache.bytes]).toEqual([16, 0]);
    cache.append(entryAt(16));
    cache.restart(3);
    cache.append(entryAt(3));
    expect([cache.get(3), cache.get(4), cache.bytes]).toEqual([entryAt(3), undefined, entryBytes(entryAt(3))]);
  });

  it('equals the tail of a plain list, and counts its bytes', { timeout: 30_000 }, () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ payloadBytes: fc.nat(60) }) },
      fc.record({ cut: fc.nat(1500) }),
      fc.record({ durable: fc.nat(3000) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 2000, size: 'max' }), (steps) => {
        const cache = new EntryCache(1, 300);
        const log: LogEntry[] = [];
        for (const step of steps) {
          if ('payloadBytes' in step)
            cache.append(log[log.push(entryAt(log.length + 1, 1, step.payloadBytes)) - 1] ?? entryAt(1));
          else if ('cut' in step) {
            cache.truncate(Math.min(step.cut, log.length) + 1);
            log.splice(step.cut);
          } else cache.evict(Math.min(step.durable, log.length));
          const held = log.slice(cache.firstIndex - 1);
          expect(cache.bytes).toBe(held.reduce((sum, entry) => sum + entryBytes(entry), 0));
          expect(cache.get(cache.firstIndex)).toBe(held[0]);
          expect(cache.get(log.length)).toBe(held.at(-1));
          expect(cache.get(log.length + 1)).toBeUndefined();
        }
      }),
      { numRuns: 10 },
    );
  });
});
