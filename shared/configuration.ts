/**
 * Who belongs to a cluster (Raft §6, dissertation chapter 4). A configuration is an entry of the log; each server goes by
 * the latest one in its log, committed or not.
 */
import type { NodeId } from './ids.ts';

/**
 * A server of a configuration: its id and the data folder that it was added with. A server that comes back with another
 * folder has forgotten its votes and acknowledgements, so they do not count (rule `no-amnesia`).
 */
export interface Server {
  readonly id: NodeId;
  /** `storageNumberOf` its folder's id; 0 counts with any folder (a cluster that was started before its folders were known). */
  readonly storage: number;
}

/** While `outgoing` is not empty the configuration is joint: C_old,new (Raft §6). Then decisions need both majorities. */
export interface Configuration {
  /** C_new: who votes. */
  readonly voters: readonly Server[];
  /** C_old while joint, else empty. */
  readonly outgoing: readonly Server[];
  /** Servers that receive the log and decide nothing (dissertation §4.2.1). */
  readonly learners: readonly Server[];
}

/** A configuration and the index of the entry that brought it; 0 for the one that the cluster was started with. */
export interface PlacedConfiguration {
  readonly index: number;
  readonly configuration: Configuration;
}

/** What a snapshot replaces: everything up to `lastIncludedIndex` (Raft §7). */
export interface SnapshotMeta {
  readonly lastIncludedIndex: number;
  readonly lastIncludedTerm: number;
  /** The latest one at or before `lastIncludedIndex`. */
  readonly configuration: Configuration;
  readonly configurationIndex: number;
  /** Of the state machine's part, in bytes. */
  readonly totalBytes: number;
}

/** The configuration that a cluster starts with: these voters, with whatever folders they have. */
export function votersOnly(ids: readonly NodeId[]): Configuration {
  return { voters: ids.map((id) => ({ id, storage: 0 })), outgoing: [], learners: [] };
}

export function isJoint(configuration: Configuration): boolean {
  return configuration.outgoing.length > 0;
}

/** Every server that has a part in it, each id once: voters, then outgoing ones, then learners. */
export function serversOf({ voters, outgoing, learners }: Configuration): readonly NodeId[] {
  return [...new Set([...voters, ...outgoing, ...learners].map(({ id }) => id))];
}

/** `{0,1,2}`, `{0,1,2}→{0,1,3}` while joint, with `+ learners {4}` behind it; `2′` is server 2 with another folder than before. */
export function describeConfiguration({ voters, outgoing, learners }: Configuration): string {
  const isReplaced = ({ id, storage }: Server): boolean =>
    outgoing.some((old) => old.id === id && old.storage !== storage);
  const set = (servers: readonly Server[]): string =>
    `{${servers.map((server) => (isReplaced(server) ? `${server.id}′` : `${server.id}`)).join(',')}}`;
  const change = outgoing.length > 0 ? `${set(outgoing)}→${set(voters)}` : set(voters);
  return learners.length > 0 ? `${change} + learners ${set(learners)}` : change;
}
