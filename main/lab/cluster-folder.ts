/**
 * Where a cluster is kept: `FOLDER/cluster-3`, and `FOLDER/cluster-3.2`, `.3` … for later fresh ones of the same size.
 * `cluster.json` in it says which cluster it is, `cluster.key` holds the key that its nodes share; beside it stand the nodes' folders `node-0`, `node-1` …
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Member } from '../../shared/cluster-config.ts';
import type { Server } from '../../shared/configuration.ts';
import type { ClusterId, NodeId } from '../../shared/ids.ts';
import { fail, succeed, type Failure, type Result } from '../../shared/result.ts';
import { describeSchemaProblem } from '../../shared/schema-problem.ts';
import { makeFolder } from '../disk/node-files.ts';
import { toStorageError } from '../disk/storage-errors.ts';
import { clusterKeyName, openClusterKey } from './cluster-key.ts';
import { writeFileAside } from './write-file-aside.ts';

/** What `cluster.json` says. `members` holds the addresses of the last start: hints, not identities. */
export interface ClusterRecord {
  /** 2 says who votes until the log says otherwise; before, all members did, with whatever folders they had. */
  readonly formatVersion: 1 | 2;
  readonly clusterId: ClusterId;
  readonly members: readonly Member[];
  readonly voters?: readonly Server[] | undefined;
}

export interface ClusterFolder {
  readonly path: string;
  readonly clusterId: ClusterId;
  readonly key: Uint8Array;
  /** No node of it was ever started. */
  readonly isUnused: boolean;
  /** The first voters with their folders; undefined where they are not known. */
  readonly founders: readonly Server[] | undefined;
}

const common = {
  clusterId: z.uuid(),
  members: z.array(
    z.strictObject({
      id: z.int().min(0),
      address: z.strictObject({ host: z.string().min(1), port: z.int().min(0).max(65_535) }),
    }),
  ),
};
const server = z.strictObject({ id: z.int().min(0), storage: z.int().min(1) });

const recordSchema = z.discriminatedUnion('formatVersion', [
  z.strictObject({ formatVersion: z.literal(1), ...common }),
  z.strictObject({ formatVersion: z.literal(2), ...common, voters: z.array(server).min(1) }),
]);

const recordName = 'cluster.json';

/**
 * Takes the latest cluster of this size up again, or makes a new one when there is none or `fresh` asks for it. Nothing
 * is ever deleted. Fails as `unusable` when the folder can't be written or its record can't be trusted.
 */
export function openClusterFolder(labFolder: string, nodes: number, fresh: boolean): Result<ClusterFolder> {
  try {
    makeFolder(labFolder);
    const latest = latestNumber(labFolder, nodes);
    if (latest === 0 || fresh) return makeCluster(folderPath(labFolder, nodes, latest + 1));
    return takeUp(folderPath(labFolder, nodes, latest), nodes);
  } catch (error) {
    return { ok: false, failure: unwritable(labFolder, error) };
  }
}

/** Writes `cluster.json`; after a crash it is the old one or the new one, never half of it. */
export function saveClusterRecord(path: string, record: ClusterRecord): Result<null> {
  try {
    writeFileAside(join(path, recordName), `${JSON.stringify(record, null, 2)}\n`);
    return succeed(null);
  } catch (error) {
    return { ok: false, failure: unwritable(path, error) };
  }
}

/** The same with these addresses. */
export function saveMembers(
  { path, clusterId, founders: voters }: ClusterFolder,
  members: readonly Member[],
): Result<null> {
  const record = { clusterId, members };
  return saveClusterRecord(path, voters ? { formatVersion: 2, ...record, voters } : { formatVersion: 1, ...record });
}

export function nodeFolder(clusterPath: string, id: NodeId): string {
  return join(clusterPath, `node-${id}`);
}

function folderPath(labFolder: string, nodes: number, number: number): string {
  return join(labFolder, number === 1 ? `cluster-${nodes}` : `cluster-${nodes}.${number}`);
}

/** The number of the latest cluster of this size, 0 for none. */
function latestNumber(labFolder: string, nodes: number): number {
  let latest = 0;
  for (const name of readdirSync(labFolder)) {
    const match = /^cluster-(\d+)(?:\.([1-9]\d{0,8}))?$/.exec(name);
    if (match && match[1] === String(nodes)) latest = Math.max(latest, Number(match[2] ?? 1));
  }
  return latest;
}

function makeCluster(path: string): Result<ClusterFolder> {
  mkdirSync(path);
  return writeNewRecord(path);
}

function writeNewRecord(path: string): Result<ClusterFolder> {
  const clusterId = randomUUID();
  const record: ClusterRecord = { formatVersion: 1, clusterId, members: [] };
  const saved = saveClusterRecord(path, record);
  return saved.ok ? withKey(path, record) : saved;
}

function takeUp(path: string, nodes: number): Result<ClusterFolder> {
  const file = join(path, recordName);
  const names = readdirSync(path);
  if (!names.includes(recordName)) {
    // A crash right after the folder was made leaves it empty; a record that is missing beside logs was taken away.
    const holdsLogs = names.some((name) => /^node-\d+$/.test(name));
    return holdsLogs ? untrusted(file, 'it is missing, though there are logs beside it') : writeNewRecord(path);
  }
  const record = readRecord(readFileSync(file, 'utf8'));
  if (typeof record === 'string') return untrusted(file, record);
  const size = record.members.length;
  if (size !== 0 && size !== nodes) return untrusted(file, `it lists ${size} members, not ${nodes}`);
  return withKey(path, record);
}

function withKey(path: string, { clusterId, members, voters: founders }: ClusterRecord): Result<ClusterFolder> {
  const key = openClusterKey(path, clusterId);
  const isUnused = founders === undefined && members.length === 0;
  if (key !== undefined) return succeed({ path, clusterId, key, isUnused, founders });
  return fail(
    'unusable',
    `${join(path, clusterKeyName)} does not hold this cluster's key. Put the file back as it was, or remove it while no node of the cluster runs: then a new key is made.`,
  );
}

/** The record, or what is wrong with it. */
function readRecord(text: string): ClusterRecord | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'it is not JSON';
  }
  const parsed = recordSchema.safeParse(value);
  return parsed.success ? parsed.data : describeSchemaProblem(parsed.error, 'the whole');
}

function untrusted(file: string, problem: string): Result<never> {
  return fail(
    'unusable',
    `${file} does not say which cluster this is: ${problem}. Put the file back as it was, or start a fresh cluster beside this one; nothing was changed.`,
  );
}

function unwritable(folder: string, error: unknown): Failure {
  return { code: 'unusable', message: toStorageError(error, folder, 'use the data folder').message };
}

/** The same members, one of them at another address. */
export function membersWith(members: readonly Member[], moved: Member): readonly Member[] {
  return members.map((member) => (member.id === moved.id ? moved : member));
}
