/**
 * The state machine's state as bytes (Raft §7). Equal states give equal bytes, on every server: only numbers in arrays,
 * in an order that the log decides. So a snapshot of one server continues another's.
 */
import { RisingMap } from '../../shared/rising-map.ts';
import { Packr } from 'msgpackr';
import { z } from 'zod';
import type { Expectation, SessionStamp } from '../../shared/log-entry.ts';
import { StorageError } from '../ports.ts';
import type { ClientEntryPosition, ClientSession, RequestOutcome } from './client-sessions.ts';
import type { IndexRange } from './entries-without-effect.ts';

/** A request whose last entry has not been applied yet. */
export interface OpenRequest {
  readonly firstIndex: number;
  readonly lastIndex: number;
  readonly term: number;
  readonly expect?: Expectation | undefined;
  readonly session?: SessionStamp | undefined;
}

export interface MachineState {
  readonly appliedIndex: number;
  readonly digest: number;
  readonly lastClientEntry: ClientEntryPosition;
  readonly retainEntries: number;
  readonly firstIndex: number;
  readonly openRequest: OpenRequest | null;
  readonly withoutEffect: readonly IndexRange[];
  readonly sessions: readonly ClientSession[];
}

const formatVersion = 1;
const packr = new Packr({ useRecords: false });

const whole = z.int().min(0);
const expectSchema = z.tuple([whole, whole]).nullable();
const sessionStampSchema = z.tuple([whole, whole, whole]).nullable();
/** Sequence; 1 and where it was appended, or 0 and the last client entry then. */
const outcomeSchema = z.union([
  z.tuple([whole, z.literal(1), whole, whole, whole]),
  z.tuple([whole, z.literal(0), whole, whole]),
]);
const stateSchema = z.tuple([
  z.literal(formatVersion),
  whole,
  whole,
  z.tuple([whole, whole]),
  whole,
  whole,
  z.tuple([whole, whole, whole, expectSchema, sessionStampSchema]).nullable(),
  z.array(z.tuple([whole, whole])),
  z.array(z.tuple([whole, whole, whole, z.array(outcomeSchema)])),
]);

export function encodeMachine(state: MachineState): Uint8Array {
  const { appliedIndex, digest, lastClientEntry, retainEntries, firstIndex, openRequest, withoutEffect } = state;
  const plain: z.infer<typeof stateSchema> = [
    formatVersion,
    appliedIndex,
    digest,
    [lastClientEntry.index, lastClientEntry.term],
    retainEntries,
    firstIndex,
    openRequest && encodeOpenRequest(openRequest),
    withoutEffect.map(([first, last]) => [first, last]),
    state.sessions.map(({ id, lowestOpen, lastUsed, outcomes }) => [
      id,
      lowestOpen,
      lastUsed,
      [...outcomes].map(encodeOutcome),
    ]),
  ];
  // Bytes of their own: what the packer gives is a view of its buffer.
  return new Uint8Array(packr.pack(plain));
}

function encodeOpenRequest({ firstIndex, lastIndex, term, expect, session }: OpenRequest) {
  return [
    firstIndex,
    lastIndex,
    term,
    expect ? [expect.prevLogIndex, expect.prevLogTerm] : null,
    session ? [session.sessionId, session.sequence, session.lowestOpen] : null,
  ] satisfies z.infer<typeof stateSchema>[6];
}

function encodeOutcome([sequence, outcome]: readonly [number, RequestOutcome]): z.infer<typeof outcomeSchema> {
  if (outcome.kind === 'appended') return [sequence, 1, outcome.firstIndex, outcome.lastIndex, outcome.term];
  return [sequence, 0, outcome.lastClientEntry.index, outcome.lastClientEntry.term];
}

/** @throws StorageError `damaged` when the bytes are no state. */
export function decodeMachine(bytes: Uint8Array): MachineState {
  const [, appliedIndex, digest, last, retainEntries, firstIndex, openRequest, withoutEffect, sessions] = parse(bytes);
  return {
    appliedIndex,
    digest,
    lastClientEntry: { index: last[0], term: last[1] },
    retainEntries,
    firstIndex,
    openRequest: openRequest && decodeOpenRequest(openRequest),
    withoutEffect,
    sessions: sessions.map(([id, lowestOpen, lastUsed, outcomes]) => ({
      id,
      lowestOpen,
      lastUsed,
      outcomes: new RisingMap(outcomes.map((outcome) => [outcome[0], decodeOutcome(outcome)] as const)),
    })),
  };
}

function parse(bytes: Uint8Array): z.infer<typeof stateSchema> {
  try {
    // A view of its own: the unpacker leaves a mark on what it is given.
    return stateSchema.parse(packr.unpack(bytes.subarray()));
  } catch (cause) {
    const message =
      'The snapshot is whole but says nothing that this version understands. Start the node on an empty folder; the others bring it up to date.';
    throw new StorageError('damaged', 'snapshot', message, { cause });
  }
}

function decodeOpenRequest(plain: NonNullable<z.infer<typeof stateSchema>[6]>): OpenRequest {
  const [firstIndex, lastIndex, term, expect, session] = plain;
  return {
    firstIndex,
    lastIndex,
    term,
    ...(expect && { expect: { prevLogIndex: expect[0], prevLogTerm: expect[1] } }),
    ...(session && { session: { sessionId: session[0], sequence: session[1], lowestOpen: session[2] } }),
  };
}

function decodeOutcome(plain: z.infer<typeof outcomeSchema>): RequestOutcome {
  if (plain[1] === 0) return { kind: 'refused', lastClientEntry: { index: plain[2], term: plain[3] } };
  return { kind: 'appended', firstIndex: plain[2], lastIndex: plain[3], term: plain[4] };
}
