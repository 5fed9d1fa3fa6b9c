import { describe, expect, it } from 'vitest';
import { checkTimings, limits, paperTimings } from '../../shared/cluster-config.ts';
import { entryBytes } from '../../shared/log-entry.ts';

describe('checkTimings', () => {
  it("takes the paper's timings", () => {
    expect(checkTimings(paperTimings)).toBeUndefined();
  });

  it.each([
    [
      { ...paperTimings, electionTimeoutMaxMs: 150 },
      'electionTimeoutMaxMs (150) must be above electionTimeoutMinMs (150)',
    ],
    [
      { ...paperTimings, heartbeatIntervalMs: 76 },
      'heartbeatIntervalMs (76) must be at most half of electionTimeoutMinMs (150)',
    ],
    [{ ...paperTimings, heartbeatIntervalMs: 0 }, 'heartbeatIntervalMs must be a whole number of milliseconds'],
    [{ ...paperTimings, electionTimeoutMaxMs: 300.5 }, 'electionTimeoutMaxMs must be a whole number of milliseconds'],
  ])('says which relation %o breaks', (timings, sentence) => {
    expect(checkTimings(timings)).toContain(sentence);
  });
});

describe('limits', () => {
  it('fit into each other: the largest entry fits a request, that a message, and a usual AppendEntries a datagram', () => {
    expect(entryBytes({ payload: new Uint8Array(limits.entryPayloadBytesMax) })).toBeLessThanOrEqual(
      limits.requestBytesMax,
    );
    expect(limits.requestBytesMax).toBeLessThan(limits.messageBytesMax);
    expect(limits.appendEntriesBytesMax).toBeLessThan(limits.datagramBytesMax);
  });

  it('are whole numbers above zero', () => {
    for (const [name, value] of Object.entries(limits))
      expect(Number.isSafeInteger(value) && value > 0, name).toBe(true);
  });
});
