/**
 * Everything that can be set, and every limit. A queue, table or buffer without a limit here is a bug (an overnight lab
 * must not grow). Integers only; units are in the names.
 */
import type { NodeId } from './ids.ts';
import { labLimits } from './lab-limits.ts';
import { wireLimits } from './wire-limits.ts';

/** Times of the protocol (Raft §5.2, §5.6: broadcastTime ≪ electionTimeout). */
export interface Timings {
  /** An election timeout is drawn anew each time from [min, max]. */
  readonly electionTimeoutMinMs: number;
  readonly electionTimeoutMaxMs: number;
  /** A leader sends at least one AppendEntries to each follower in this time. */
  readonly heartbeatIntervalMs: number;
}

/** The paper's election timeouts, with a heartbeat that leaves a margin of three lost datagrams (the prototype left none). */
export const paperTimings: Timings = { electionTimeoutMinMs: 150, electionTimeoutMaxMs: 300, heartbeatIntervalMs: 50 };

/** How long each datagram between two servers takes on its way; they keep their order. */
export interface NetworkDelay {
  readonly minMs: number;
  readonly maxMs: number;
}

/** Where a node listens. `host` is a literal IPv4 or IPv6 address. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface Member {
  readonly id: NodeId;
  /** A hint, not an identity: ports and leases change, the id does not. */
  readonly address: Address;
}

export const defaultHost = '127.0.0.1';
/** The prototype's ports: 11110, 11111, 11112. Outside the ephemeral ranges of the three systems. */
export const defaultBasePort = 11_110;
/** When a block of ports is taken, the next block starts this much higher. */
export const portBlockStep = 10;
/** How many blocks are tried before the cluster refuses to start. */
export const portBlocksTriedMax = 50;

export const limits = {
  nodesMin: 1,
  nodesMax: 9,
  /** One entry's payload, in bytes. What does not fit a datagram is sent in fragments. */
  entryPayloadBytesMax: 1024 * 1024,
  /** Entries in one append request. */
  entriesPerRequestMax: 256,
  /** All entries of one append request together, payload and overhead, in bytes. */
  requestBytesMax: 1152 * 1024,
  ...wireLimits,
  /** Entries in one AppendEntries, payload and overhead, in bytes: leaves room for header and fields. Less across a network. */
  appendEntriesBytesMax: 56_000,
  appendEntriesCountMax: 512,
  /** Datagrams that the system has not taken yet, in bytes, per socket; past it a send fails. */
  sendQueueBytesMax: 16 * 1024 * 1024,
  /** Calls of one peer and kind whose uuid is kept for the reply; a reply to a forgotten one gets a uuid of its own. */
  callUuidsMax: 1_024,
  /** Peers whose calls are remembered. */
  callPeersMax: 512,
  /** A failure's sentence inside a message, in characters; the rest is cut. */
  failureMessageCharsMax: 1_000,
  /** AppendEntries that may be unanswered per follower before the leader waits for an answer or the next heartbeat. */
  inFlightMessagesMax: 16,
  /** The same where messages are small because datagrams across a network are. */
  inFlightSmallMessagesMax: 128,
  /** Bytes of entries that may be unanswered per follower, less where the system's receive buffer is small; one message always may. */
  inFlightBytesMax: 512 * 1024,
  /** One chunk of a snapshot, bytes: leaves room for header, fields and configuration. Less across a network. */
  snapshotChunkBytesMax: 48 * 1024,
  /** Followers that get a snapshot are held to one unanswered chunk; a snapshot larger than this is not taken, bytes. */
  snapshotBytesMax: 256 * 1024 * 1024,
  /** With a retention set, a snapshot is taken each time that this many entries more were applied. */
  snapshotEveryEntries: 1_000,
  learnersMax: 32,
  /** Rounds that a new server has to catch up in before it may vote (dissertation §4.2.1). */
  catchUpRoundsMax: 10,
  /** Clocks may run this much faster or slower than true time before lease reads lose their promise, percent. */
  clockDriftPercentMax: 10,
  /** Client sessions at once; when another one is opened, the one that was used longest ago in the log expires. */
  sessionsMax: 10_000,
  /** Requests of one session that may be open at once. */
  sessionWindowMax: 1_024,
  /**
   * Outcomes that all sessions remember together; past it the session that was used longest ago expires, so that neither memory
   * nor a snapshot of it grows further.
   */
  sessionOutcomesMax: 65_536,
  /** Entries answered by one indexRange; the answer says where to go on. */
  rangeEntriesMax: 1_000,
  /** Payload bytes answered by one indexRange. A forwarded answer must fit one message between threads. */
  rangeBytesMax: 4 * 1024 * 1024,
  /** The same for a client outside: a few answers at once must fit what may be under way to it. One entry always may. */
  clientRangeBytesMax: 256 * 1024,
  /**
   * Bytes of entries that one indexRange looks at, shown or not (no-ops, refused ones): then the answer, perhaps an empty one,
   * says where to go on.
   */
  rangeScannedBytesMax: 6 * 1024 * 1024,
  /** Requests that one node keeps waiting (for a leader, for commit); past it: `overloaded`. */
  waitingRequestsMax: 10_000,
  /** Forwards and reads that a node sends on their way in one loop turn; the rest follow in the next, so that heartbeats are not late. */
  requestsPerTurnMax: 64,
  /** Requests that a leader puts into its log in one loop turn, and their bytes. */
  proposalsPerTurnMax: 4_096,
  proposedBytesPerTurnMax: 4 * 1024 * 1024,
  /** A request of a client from outside is answered after this at the latest, ms. */
  clientTimeoutMsMax: 600_000,
  /** Answers that are sent to a client together, in bytes; a large one goes alone. */
  clientReplyBytesMax: 48_000,
  /** A request without a deadline of its own is answered after this, ms. */
  requestTimeoutMs: 5_000,
  /**
   * Entries that a node keeps in memory beside the disk, in bytes of payload and overhead: enough for every follower that keeps up.
   * The others are served from the disk. Holding more makes the garbage collector the largest cost under load.
   */
  entryCacheBytesMax: 4 * 1024 * 1024,
  /** The same, counted: small entries cost the garbage collector more than their bytes say. */
  entryCacheEntriesMax: 2_048,
  /** One file of the write-ahead log, bytes; then the next one is begun. */
  segmentBytesMax: 64 * 1024 * 1024,
  /** Terms and indexes beyond this are refused as absurd: 2^53 − 1, the last integer that a number holds exactly. */
  termMax: Number.MAX_SAFE_INTEGER,
  indexMax: Number.MAX_SAFE_INTEGER,
  /** Lamport numbers of others are believed up to here: 2^47, half of what the wire's 48 bits hold, so that own events still count on. */
  lamportMax: 2 ** 47,
  /** A Lamport number this far ahead of the receiver's is refused as absurd: four months of 100,000 events a second. */
  lamportJumpMax: 2 ** 40,
  /**
   * A message whose term is this far ahead of the receiver's is refused as absurd. A server that is cut off raises its
   * term a few times a second and must be able to return: this is decades of that.
   */
  termJumpMax: 2 ** 32,
  /** Messages that one node holds back until a write is on disk; past it further ones are lost, as on a network. */
  heldMessagesMax: 10_000,
  /** Writes that may wait for a disk that does not answer; past it a node loses what other nodes say, as on a network. */
  pendingWritesMax: 10_000,
  ...labLimits,
} as const;

/** True when `timings` can elect a leader and keep it. The message of the failure says which relation is broken. */
export function checkTimings(timings: Timings): string | undefined {
  const { electionTimeoutMinMs: min, electionTimeoutMaxMs: max, heartbeatIntervalMs: heartbeat } = timings;
  for (const [name, value] of Object.entries(timings)) {
    if (!Number.isInteger(value) || value < 1 || value > 600_000) {
      return `${name} must be a whole number of milliseconds from 1 to 600000, not ${String(value)}.`;
    }
  }
  if (max <= min)
    return `electionTimeoutMaxMs (${max}) must be above electionTimeoutMinMs (${min}), or votes split again and again.`;
  if (heartbeat * 2 > min)
    return `heartbeatIntervalMs (${heartbeat}) must be at most half of electionTimeoutMinMs (${min}), or one lost datagram costs the leader its office.`;
  return undefined;
}
