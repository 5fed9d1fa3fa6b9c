import { describe, expect, it } from 'vitest';
import { flightKindOf, isDelivery } from '../../../shared/projection/flight-kind.ts';

describe('what a message is for', () => {
  it.each([
    [{ kind: 'append-entries', round: 1, entryCount: 2 }, 'entries'],
    [{ kind: 'append-entries', round: 1, entryCount: 0 }, 'heartbeat'],
    [{ kind: 'request-vote', round: 1 }, 'vote'],
    [{ kind: 'install-snapshot', round: 1, offset: 0, totalBytes: 9, byteCount: 9 }, 'snapshot'],
    [{ kind: 'install-snapshot-reply', round: 1, offset: 9 }, 'reply'],
    [{ kind: 'timeout-now', round: 1 }, 'handover'],
    [{ kind: 'append-entries-reply', round: 1, success: true }, 'reply'],
    [{ kind: 'request-vote-reply', round: 1, success: false }, 'refusal'],
    [{ kind: 'forward-append', round: 1 }, 'client'],
    [{ kind: 'read-index', round: 1 }, 'client'],
    [{ kind: 'forward-append-reply', round: 1 }, 'reply'],
  ] as const)('%o is %s', (message, kind) => {
    expect(flightKindOf(message)).toBe(kind);
  });

  it('is a delivery’s answer or not', () => {
    expect(isDelivery('append-entries-reply')).toBe(true);
    expect(isDelivery('install-snapshot-reply')).toBe(true);
    expect(isDelivery('request-vote-reply')).toBe(false);
  });
});
