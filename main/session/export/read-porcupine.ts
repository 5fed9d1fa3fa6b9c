/** Reads what `porcupine.ts` writes, as operations for the check of main/check. */
import { z } from 'zod';
import { describeSchemaProblem } from '../../../shared/schema-problem.ts';
import type { Operation } from '../../check/contract.ts';
import { appendOutcome, readOutcome } from '../../check/history.ts';
import { unknownDigest } from '../../check/payload-digest.ts';
import { neverNs } from './porcupine.ts';

const number = z.number();
const failed = z.object({
  kind: z.literal('failed'),
  code: z.string(),
  outcomeKnown: z.boolean(),
  message: z.string(),
  lastClientEntry: z.object({ index: number, term: number }).exactOptional(),
  firstIndex: number.exactOptional(),
});
const appended = z.object({ kind: z.literal('appended'), firstIndex: number, lastIndex: number, term: number });
const range = z.object({
  kind: z.literal('range'),
  entryCount: number,
  appliedIndex: number,
  continueAt: number.exactOptional(),
  entries: z.array(z.object({ index: number, term: number, digest: number })).exactOptional(),
});

const operation = z.object({
  ClientId: z.int(),
  Call: number,
  Return: number,
  Metadata: z.object({ requestId: z.string(), node: z.int(), client: z.int().exactOptional() }),
  Input: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('append'),
      payloads: z.array(z.union([number, z.string()])),
      expect: z.object({ prevLogIndex: number, prevLogTerm: number }).exactOptional(),
      session: z.object({ sessionId: number, sequence: number, lowestOpen: number }).exactOptional(),
    }),
    z.object({
      kind: z.literal('index-range'),
      startIndex: number,
      endIndex: number,
      read: z.enum(['linearizable', 'lease', 'local']),
    }),
  ]),
  Output: z.union([failed, appended, range, z.null()]),
});

type Written = z.infer<typeof operation>;

export interface ReadHistory {
  readonly operations: readonly Operation[];
  /** Payloads are missing: see `HistoryOptions.incomplete`. */
  readonly incomplete: boolean;
}

/** @throws Error with a sentence that says what is wrong, and where */
export function readPorcupine(text: string): ReadHistory {
  const parsed = z.array(operation).safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(describeSchemaProblem(parsed.error, 'history'));
  const incomplete = parsed.data.some(
    ({ Input }) => Input.kind === 'append' && Input.payloads.some((payload) => typeof payload === 'string'),
  );
  return { operations: parsed.data.map(operationOf), incomplete };
}

function operationOf({ Input, Output, Call, Return, Metadata }: Written): Operation {
  const { requestId, node: target, client } = Metadata;
  const who = { requestId, target, ...(client !== undefined && { client }) };
  const base = { ...who, invokedNs: Call, completedNs: Return >= neverNs ? Infinity : Return };
  // What main/check makes of an answer needs the outcome only.
  const answer = Output && ({ outcome: Output } as Parameters<typeof appendOutcome>[0]);
  if (Input.kind === 'index-range') {
    const { startIndex, endIndex, read: mode } = Input;
    const outcome = answer ? readOutcome(answer) : ({ kind: 'failed' } as const);
    return { ...base, kind: 'read', mode, startIndex, endIndex, outcome };
  }
  const { payloads, expect, session } = Input;
  const conditions = { ...(expect && { expect }), ...(session && { session }) };
  const outcome = answer ? appendOutcome(answer) : ({ kind: 'unknown' } as const);
  return { ...base, kind: 'append', digests: payloads.map(digestOf), ...conditions, outcome };
}

/** A payload of which the stream said nothing. */
function digestOf(payload: number | string): number {
  return typeof payload === 'number' ? payload : unknownDigest;
}
