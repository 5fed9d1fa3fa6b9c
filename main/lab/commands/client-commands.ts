/**
 * Asking a node to append or to read, as a client. What makes no sense is refused before anything is sent; what is sent
 * stands in the stream from the client's point of view: `request-sent`, then `request-answered` with its latency.
 */
import type { ClientAnswer, ClientRequest } from '../../../shared/client-request.ts';
import type { CommandOf } from '../../../shared/command.ts';
import type { EventOf } from '../../../shared/event.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { fail, isOutcomeKnown, type Result } from '../../../shared/result.ts';
import { checkRequest } from '../../../shared/check-request.ts';
import { payloadDigest } from '../../check/payload-digest.ts';
import { entryPayload } from '../../node/entry-payload.ts';
import type { Cluster } from '../cluster.ts';
import type { LabContext } from '../lab-context.ts';
import type { CommandHandlers } from './command-handlers.ts';
import { refuse } from './refuse.ts';
import { describeEntries } from './describe-entries.ts';
import { ShownEntries } from './shown-entries.ts';

type ClientCommand = CommandOf<'append' | 'index-range'>;
/** What stands in the stream as a client's; what only a leader does is in leader-commands.ts. */
type DataKind = 'append' | 'index-range';
type RequestOf<Kind extends DataKind> = Extract<ClientRequest, { kind: Kind }>;
type ClientAnswerOf<Kind extends DataKind> = Extract<ClientAnswer, { kind: Kind }>;

export function clientCommands(context: LabContext): CommandHandlers<ClientCommand['type']> {
  const shown = new ShownEntries();
  return {
    append: (command) => ask(context, command, appendRequest(command), shown),
    'index-range': (command) => ask(context, command, rangeRequest(command), shown),
  };
}

function appendRequest({ entries, expect, session }: CommandOf<'append'>): RequestOf<'append'> {
  return { kind: 'append', entries: entries.map(entryPayload), ...(expect && { expect }), ...(session && { session }) };
}

function rangeRequest({
  startIndex,
  endIndex,
  read,
  includeInternal,
}: CommandOf<'index-range'>): RequestOf<'index-range'> {
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
  request: RequestOf<Kind>,
  shown: ShownEntries,
): Promise<Result<ClientAnswerOf<Kind>>> {
  const ready = clusterThatTakes(context, command, request);
  if (!ready.ok) return refuse(context, command, ready.failure);
  return await send(context, ready.value, { target: command.node, request });
}

/** Whom a client asks for what. */
export interface ClientAsk<Kind extends DataKind = DataKind> {
  readonly target: NodeId;
  readonly request: RequestOf<Kind>;
  /** Where there are several. */
  readonly client?: number;
  readonly timeoutMs?: number;
}

/** Sends a request to a node that takes it. It stands in the stream, and so does what becomes of it. */
export async function send<Kind extends DataKind>(
  context: LabContext,
  cluster: Cluster,
  { target, request, client, timeoutMs }: ClientAsk<Kind>,
): Promise<Result<ClientAnswerOf<Kind>>> {
  const { stream } = context;
  const requestId = context.nextRequestId();
  const who = { requestId, target, ...(client !== undefined && { client }) };
  const sent = stream.emit({ type: 'request-sent', ...who, request: describeRequest(request) });
  const result = answerTo<Kind>(request, await cluster.request(target, requestId, request, timeoutMs));
  const latencyNs = stream.clock.nowNs() - sent.timeNs;
  stream.emit({ type: 'request-answered', requestId, target, latencyNs, outcome: describeOutcome(result, shown) });
  return result;
}

function answerTo<Kind extends DataKind>(
  { kind }: ClientRequest,
  result: Result<ClientAnswer>,
): Result<ClientAnswerOf<Kind>> {
  if (!result.ok) return result;
  if (result.value.kind === kind) return { ok: true, value: result.value as ClientAnswerOf<Kind> };
  return fail('internal', `A node answered ${kind} with ${result.value.kind}. Please report this.`);
}

function clusterThatTakes(context: LabContext, command: ClientCommand, request: ClientRequest): Result<Cluster> {
  const problem = checkRequest(request);
  if (problem) return { ok: false, failure: problem };
  const cluster = context.clusterWith(command.node);
  if (!cluster.ok) return cluster;
  const taken = cluster.value.takesRequests(command.node);
  return taken.ok ? cluster : taken;
}

function describeRequest(request: RequestOf<DataKind>): EventOf<'request-sent'>['request'] {
  if (request.kind === 'append') {
    const { entries, expect, session } = request;
    const conditions = { ...(expect && { expect }), ...(session && { session }) };
    return { kind: 'append', ...describeEntries(entries), ...conditions, digests: entries.map(payloadDigest) };
  }
  const { startIndex, endIndex, read = 'linearizable' } = request;
  return { kind: 'index-range', startIndex, endIndex, read };
}

function describeOutcome(
  result: Result<ClientAnswerOf<DataKind>>,
  shown: ShownEntries,
): EventOf<'request-answered'>['outcome'] {
  if (!result.ok) {
    const { code, message, lastClientEntry, firstIndex } = result.failure;
    const found = { ...(lastClientEntry && { lastClientEntry }), ...(firstIndex !== undefined && { firstIndex }) };
    return { kind: 'failed', code, outcomeKnown: isOutcomeKnown(result.failure), message, ...found };
  }
  const answer = result.value;
  if (answer.kind === 'append') {
    const { firstIndex, lastIndex, term } = answer;
    return { kind: 'appended', firstIndex, lastIndex, term };
  }
  const { appliedIndex, continueAt } = answer;
  const entries = shown.take(answer.entries);
  const entryCount = answer.entries.length;
  const more = { ...(continueAt !== undefined && { continueAt }), ...(entries && { entries }) };
  return { kind: 'range', entryCount, appliedIndex, ...more };
}
