/**
 * What a program sees of a server that it has started.
 */
import type {
  AppendAnswer,
  ChangeMembershipRequest,
  DoneAnswer,
  IndexRangeRequest,
  RangeAnswer,
} from '../../shared/client-request.ts';
import type { Address } from '../../shared/cluster-config.ts';
import type { Server } from '../../shared/configuration.ts';
import type { LabEvent } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { Expectation, SessionStamp } from '../../shared/log-entry.ts';

export interface MembershipOptions {
  readonly voters: readonly (NodeId | Server)[];
  readonly learners?: readonly (NodeId | Server)[];
  readonly mode?: ChangeMembershipRequest['mode'];
}

/** A running server. `append` and `indexRange` work on any server of the cluster, whoever leads. */
export interface RaftNode {
  readonly id: NodeId;
  /** Where it listens. */
  readonly address: Address;
  /**
   * Appends entries, text or bytes, and answers when all are committed.
   * @throws RaftError (rejects); `failure.code` `timed-out` means that the outcome is not known.
   */
  append(request: {
    readonly entries: readonly (string | Uint8Array)[];
    readonly expect?: Expectation;
    readonly session?: SessionStamp;
  }): Promise<AppendAnswer>;
  /**
   * Reads committed entries, both ends included; asking for more than there is returns what there is.
   * @throws RaftError (rejects).
   */
  indexRange(request: Omit<IndexRangeRequest, 'kind'>): Promise<RangeAnswer>;
  /**
   * Opens a client session, in which an append that is repeated takes effect once. On the leader only, like what follows:
   * another server's failure, `no-leader`, names it (`failure.leaderId`).
   * @returns the session's id.
   */
  openSession(): Promise<number>;
  /** How many entries each server keeps from now on; 0 keeps everything. */
  setRetention(retainEntries: number): Promise<DoneAnswer>;
  /** Who votes and who learns from now on: ids, or ids with the number of a folder. Default `joint`. */
  changeMembership(change: MembershipOptions): Promise<DoneAnswer>;
  /** Hands the office over. */
  transferLeadership(to: NodeId): Promise<DoneAnswer>;
  /** Everything that the server does, with reasons. */
  onEvent(handler: (event: LabEvent) => void): void;
  /** Closes cleanly; settles when the thread has ended. */
  close(): Promise<void>;
}
