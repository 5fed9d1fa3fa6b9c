/**
 * Everything that was applied, as one number: each entry's content is chained to what came before. Servers that applied
 * other things are told apart by it (state-machine safety, Raft Figure 3) but for one case in four billion.
 */
import type { Server } from '../../shared/configuration.ts';
import type { EntryKind, LogEntry } from '../../shared/log-entry.ts';

/** Before the first entry. */
export const emptyDigest = 0x811c9dc5;

const kindNumbers: Readonly<Record<EntryKind, number>> = {
  client: 1,
  noop: 2,
  configuration: 3,
  session: 4,
  retention: 5,
};

/** @returns an unsigned 32-bit integer. */
export function digestEntry(before: number, entry: LogEntry): number {
  const { term, kind, payload, expect, session, retainEntries, configuration } = entry;
  let digest = mixNumber(before, term);
  digest = mix(digest, kindNumbers[kind] + (entry.more ? 8 : 0) + (entry.continues ? 16 : 0));
  if (expect) digest = mixNumber(mixNumber(digest, expect.prevLogIndex), expect.prevLogTerm);
  if (session) {
    digest = mixNumber(mixNumber(digest, session.sessionId), session.sequence);
    digest = mixNumber(digest, session.lowestOpen);
  }
  if (retainEntries !== undefined) digest = mixNumber(digest, retainEntries);
  if (configuration) {
    const { voters, outgoing, learners } = configuration;
    for (const servers of [voters, outgoing, learners]) digest = mixServers(digest, servers);
  }
  return mixBytes(digest, payload) >>> 0;
}

function mixServers(digest: number, servers: readonly Server[]): number {
  let mixed = mix(digest, servers.length);
  for (const { id, storage } of servers) mixed = mixNumber(mix(mixed, id), storage);
  return mixed;
}

function mixBytes(digest: number, bytes: Uint8Array): number {
  const length = bytes.byteLength;
  let mixed = mix(digest, length);
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    const [low, second, third, high] = [bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0, bytes[at + 3] ?? 0];
    mixed = mix(mixed, low | (second << 8) | (third << 16) | (high << 24));
  }
  for (; at < length; at++) mixed = mix(mixed, bytes[at] ?? 0);
  return mixed;
}

/** A whole number up to 2^53. */
function mixNumber(digest: number, value: number): number {
  return mix(mix(digest, value | 0), Math.floor(value / 4_294_967_296));
}

/** One round of MurmurHash3 over 32 bits. */
function mix(digest: number, word: number): number {
  let mixed = Math.imul(word, 0xcc9e2d51);
  mixed = Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
  mixed ^= digest;
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}
