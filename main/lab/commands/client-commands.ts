/**
 * Asking a node to append or to read, as a client. What makes no sense is refused before anything is sent; what is sent
 * stands in the stream from the client's point of view: `request-sent`, then `request-answered` with its latency.
 */
import type { ClientRequest } from '../../../shared/client-request.ts';
import type { CommandOf } from '../../../shared/command.ts';
import type { Result } from '../../../shared/result.ts';
import { checkRequest } from '../../../shared/check-request.ts';
import { payloadDigest } from '../../check/payload-digest.ts';
import { answerTo, appendRequest, rangeRequest, type ClientAsk } from '../../node/client-ask.ts';
import {
  describeOutcome,
  describeRequest,
  type DataAnswer,
  type DataKind,
  type DataRequest,
} from '../../node/describe-request.ts';
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

async function ask<Kind extends DataKind>(
  context: LabContext,
  command: ClientCommand,
  request: DataRequest<Kind>,
): Promise<Result<DataAnswer<Kind>>> {
  const ready = clusterThatTakes(context, command, request);
  if (!ready.ok) return refuse(context, command, ready.failure);
  return await send(context, ready.value, { target: command.node, request });
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
  stream.emit({ type: 'request-answered', ...who, latencyNs, outcome });
  return result;
}

function clusterThatTakes(context: LabContext, command: ClientCommand, request: ClientRequest): Result<Cluster> {
  const problem = checkRequest(request);
  if (problem) return { ok: false, failure: problem };
  const cluster = context.clusterWith(command.node);
  if (!cluster.ok) return cluster;
  const taken = cluster.value.takesRequests(command.node);
  return taken.ok ? cluster : taken;
}
