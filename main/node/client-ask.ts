/** What a client asks of a server, by whichever lab: the request that a command means, and the answer that belongs to it. */
import type { ClientAnswer, ClientRequest } from '../../shared/client-request.ts';
import type { CommandOf } from '../../shared/command.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import { strangeAnswer } from '../lab-words.ts';
import type { DataAnswer, DataKind, DataRequest } from './describe-request.ts';
import { entryPayload } from './entry-payload.ts';

/** Whom a client asks for what. */
export interface ClientAsk<Kind extends DataKind = DataKind> {
  readonly target: NodeId;
  readonly request: DataRequest<Kind>;
  /** Where there are several. */
  readonly client?: number;
  readonly timeoutMs?: number;
}

export function appendRequest({ entries, expect, session }: CommandOf<'append'>): DataRequest<'append'> {
  return { kind: 'append', entries: entries.map(entryPayload), ...(expect && { expect }), ...(session && { session }) };
}

export function rangeRequest(command: CommandOf<'index-range'>): DataRequest<'index-range'> {
  const { startIndex, endIndex, read, includeInternal } = command;
  const wish = { ...(read !== undefined && { read }), ...(includeInternal !== undefined && { includeInternal }) };
  return { kind: 'index-range', startIndex, endIndex, ...wish };
}

/** The answer to a request of this kind; an answer of another kind is a failure. */
export function answerTo<Kind extends DataKind>(
  { kind }: ClientRequest,
  result: Result<ClientAnswer>,
): Result<DataAnswer<Kind>> {
  if (!result.ok) return result;
  if (result.value.kind === kind) return { ok: true, value: result.value as DataAnswer<Kind> };
  return { ok: false, failure: strangeAnswer(kind, result.value.kind) };
}
