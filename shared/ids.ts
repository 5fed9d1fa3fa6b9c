/**
 * The names of things: who is a server, which life of it, which cluster.
 */

/** A server's id inside its cluster: a small non-negative integer, as in the paper's "server i". */
export type NodeId = number;

/** Counts the starts of one node on one data folder: 1, 2, 3 … It is persisted, so it never repeats for a folder. */
export type BootId = number;

/** A cluster's identity: a uuid in its canonical 36-character form. Datagrams of other clusters are refused. */
export type ClusterId = string;

/** A data folder's identity: a uuid made when the folder is first used. A wiped or replaced folder has a new one. */
export type StorageId = string;

/** The largest node id that a configuration may hold. */
export const nodeIdMax = 65_534;

/** On the wire: as sender a client from outside the cluster, as receiver of a greeting whoever is there. */
export const outsiderId = 65_535;

/**
 * How servers call a client from outside: by its boot, 32 random bits that it takes for each connection. Above every
 * real id, so that both can stand in one field (`from`, `to`).
 */
export function clientIdOf(boot: BootId): NodeId {
  return outsiderId + 1 + boot;
}

export function isClientId(id: NodeId): boolean {
  return id > outsiderId;
}

/**
 * The `node` of events that no server reports but the lab itself (a cluster started, a link was cut).
 * Below every real id, so that the lab's act stands before its effects at equal Lamport numbers.
 */
export const labSourceId = -1;

/** True for an integer that can name a server. */
export function isNodeId(value: unknown): value is NodeId {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= nodeIdMax;
}

/**
 * A data folder's identity as the core compares it: the first 48 bits of its uuid, never 0.
 * @param storageId a uuid in its canonical form
 */
export function storageNumberOf(storageId: StorageId): number {
  return Number.parseInt(storageId.replaceAll('-', '').slice(0, 12), 16) || 1;
}
