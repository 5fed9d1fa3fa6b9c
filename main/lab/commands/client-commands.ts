/**
 * Asking a node to append or to read, as a client. What makes no sense is refused before anything is sent; what is sent
 * stands in the stream from the client's point of view: `request-sent`, then `request-answered` with its latency.
 */
import type { ClientAnswer, ClientRequest } from '../../../shared/client-request.ts';
import type { CommandOf } from '../../../shared/command.ts';
import type { NodeId } from '../../../shared/ids.ts';
import type { Result } from '../../../shared/result.ts';
import { checkRequest } from '../../../shared/check-request.ts';
import { payloadDigest } from '../../check/payload-digest.ts';
import { strangeAnswer } from '../../lab-words.ts';
import {
  describeOutcome,
  describeRequest,
  type DataAnswer,
  type DataKind,
  type DataRequest,
} from '../../node/describe-request.ts';
import { entryPayload } from '../../node/entry-payload.ts';
import type { Cluster } from '../cluster.ts';
import type { LabContext } from '../lab-context.ts';
import type { CommandHandlers } from './command-handlers.ts';
import { refuse } from './refuse.ts';

type ClientCommand = CommandOf<'append' | 'index-range'>;

export function clientCommands(context: LabContext): CommandHandlers<ClientCommand['type']> {
  return {
    append: (command) => ask(context, command, appendRequest(command)),
    'index-range': (command) => ask(context, command, rangeRequest(command)),
  };
}

function appendRequest({ entries, expect, session }: CommandOf<'append'>): DataRequest<'append'> {
  return { kind: 'append', entries: entries.map(entryPayload), ...(expect && { expect }), ...(session && { session }) };
}

function rangeRequest({
  startIndex,
  endIndex,
  read,
  includeInternal,
}: CommandOf<'index-range'>): DataRequest<'index-range'> {
  return {
    kind: 'index-range',
    startIndex,
    endIndex,
    ...(read !== undefined && { read }),
    ...(includeInternal !== undefined && { includeInternal }),
  };
}

async function ask<Kind extends DataKind>(
  context: LabContext,
  command: ClientCommand,
  request: DataRequest<Kind>,
): Promise<Result<DataAnswer<Kind>>> {
  const ready = clusterThatTakes(context, command, request);
  if (!ready.ok) return refuse(context, command, ready.failure);
  return await send(context, ready.value, { target: command.node, request });
}

/** Whom a client asks for what. */
export interface ClientAsk<Kind extends DataKind = DataKind> {
  readonly target: NodeId;
  readonly request: DataRequest<Kind>;
  /** Where there are several. */
  readonly client?: number;
  readonly timeoutMs?: number;
}

/** Sends a request to a node that takes it. It stands in the stream, and so does what becomes of it. */
export async function send<Kind extends DataKind>(
  context: LabContext,
  cluster: Cluster,
  { target, request, client, timeoutMs }: ClientAsk<Kind>,
): Promise<Result<DataAnswer<Kind>>> {
  const { stream } = context;
  const requestId = context.nextRequestId();
  const who = { requestId, target, ...(client !== undefined && { client }) };
  const sent = stream.emit({ type: 'request-sent', ...who, request: describeRequest(request, payloadDigest) });
  const result = answerTo<Kind>(request, await cluster.request(target, requestId, request, timeoutMs));
  const latencyNs = stream.clock.nowNs() - sent.timeNs;
  const outcome = describeOutcome(result, context.shown);
  stream.emit({ type: 'request-answered', requestId, target, latencyNs, outcome });
  return result;
}

function answerTo<Kind extends DataKind>(
  { kind }: ClientRequest,
  result: Result<ClientAnswer>,
): Result<DataAnswer<Kind>> {
  if (!result.ok) return result;
  if (result.value.kind === kind) return { ok: true, value: result.value as DataAnswer<Kind> };
  return { ok: false, failure: strangeAnswer(kind, result.value.kind) };
}

function clusterThatTakes(context: LabContext, command: ClientCommand, request: ClientRequest): Result<Cluster> {
  const problem = checkRequest(request);
  if (problem) return { ok: false, failure: problem };
  const cluster = context.clusterWith(command.node);
  if (!cluster.ok) return cluster;
  const taken = cluster.value.takesRequests(command.node);
  return taken.ok ? cluster : taken;
}
