import { describe, expect, it } from 'vitest';
import { encodeMessage } from '../../../main/net/message-codec.ts';
import { tuningFor } from '../../../main/node/path-tuning.ts';
import { defaultTuning } from '../../../main/raft/tuning.ts';
import { limits } from '../../../shared/cluster-config.ts';
import type { Configuration } from '../../../shared/configuration.ts';
import { entryBytes, type LogEntry } from '../../../shared/log-entry.ts';
import type { AppendEntries, InstallSnapshot } from '../../../shared/raft-message.ts';

const most = limits.indexMax;
const network = limits.networkDatagramBytesMax;

describe('on loopback', () => {
  it('nothing is smaller than it has to be', () => {
    const path = { datagramBytes: limits.datagramBytesMax, receiveBufferBytes: 8 * 1024 * 1024, members: 9 };
    expect(tuningFor(path)).toEqual(defaultTuning);
    expect(tuningFor({ datagramBytes: limits.datagramBytesMax, members: 3 })).toEqual(defaultTuning);
  });

  it('no more is under way than a small receive buffer holds', () => {
    const path = { datagramBytes: limits.datagramBytesMax, receiveBufferBytes: 425_984, members: 3 };
    expect(tuningFor(path)).toEqual({ ...defaultTuning, inFlightBytesMax: 106_496 });
  });
});

describe('across a network', () => {
  const tuning = tuningFor({ datagramBytes: network, receiveBufferBytes: 425_984, members: 9 });

  it('a window of small messages is filled', () => {
    expect(tuning.inFlightMessagesMax * tuning.appendEntriesBytesMax).toBeGreaterThanOrEqual(106_496);
    expect(tuningFor({ datagramBytes: 1_232, members: 3 }).inFlightMessagesMax).toBe(limits.inFlightSmallMessagesMax);
  });

  it.each([1, 5, 15])('the largest AppendEntries of %i entries fits one datagram', (count) => {
    const room = Math.floor(tuning.appendEntriesBytesMax / count) - entryBytes({ payload: new Uint8Array(0) });
    const entries = Array.from({ length: count }, (_, place): LogEntry => ({
      index: most - count + 1 + place,
      term: most,
      kind: 'client',
      payload: new Uint8Array(room),
      expect: { prevLogIndex: most, prevLogTerm: most },
      session: { sessionId: most, sequence: most, lowestOpen: most },
    }));
    const message: AppendEntries = {
      kind: 'append-entries',
      term: most,
      round: most,
      leaderId: 0,
      prevLogIndex: most - count,
      prevLogTerm: most,
      leaderCommit: most,
      entries,
    };
    expect(encodeMessage(message).byteLength).toBeLessThanOrEqual(network);
  });

  it('so does the largest chunk of a snapshot, in the midst of a change of nine servers for nine others', () => {
    const group = (from: number) => Array.from({ length: 9 }, (_, id) => ({ id: from + id, storage: 2 ** 48 - 1 }));
    const configuration: Configuration = { voters: group(60_000), outgoing: group(61_000), learners: [] };
    const message: InstallSnapshot = {
      kind: 'install-snapshot',
      term: most,
      round: most,
      leaderId: 0,
      lastIncludedIndex: most,
      lastIncludedTerm: most,
      configuration,
      configurationIndex: most,
      totalBytes: limits.snapshotBytesMax,
      offset: limits.snapshotBytesMax - tuning.snapshotChunkBytesMax,
      data: new Uint8Array(tuning.snapshotChunkBytesMax),
    };
    expect(encodeMessage(message).byteLength).toBeLessThanOrEqual(network);
  });
});
