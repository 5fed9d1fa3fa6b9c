/**
 * Asking a simulated server to append or to read, as a client. What makes no sense is refused before anything is sent; what is
 * sent stands in the stream as `request-sent`, then `request-answered` with its latency.
 */
import { checkRequest } from '../../../../shared/check-request.ts';
import type { ClientRequest } from '../../../../shared/client-request.ts';
import type { CommandOf } from '../../../../shared/command.ts';
import type { Result } from '../../../../shared/result.ts';
import { payloadDigest } from '../../../check/payload-digest.ts';
import { answerTo, appendRequest, rangeRequest, type ClientAsk } from '../../../node/client-ask.ts';
import {
  describeOutcome,
  describeRequest,
  type DataAnswer,
  type DataKind,
  type DataRequest,
} from '../../../node/describe-request.ts';
import type { LabCluster } from '../lab-cluster.ts';
import type { LabContext } from '../lab-context.ts';
import type { CommandHandlers } from './command-handlers.ts';
import { refuse } from './refuse.ts';

type ClientCommand = CommandOf<'append' | 'index-range'>;

export function clientCommands(context: LabContext): CommandHandlers<ClientCommand['type']> {
  return {
    append: (command, done) => ask(context, command, appendRequest(command), done),
    'index-range': (command, done) => ask(context, command, rangeRequest(command), done),
  };
}

function ask<Kind extends DataKind>(
  context: LabContext,
  command: ClientCommand,
  request: DataRequest<Kind>,
  done: (result: Result<DataAnswer<Kind>>) => void,
): void {
  const ready = clusterThatTakes(context, command, request);
  if (ready.ok) send(context, ready.value, { target: command.node, request }, done);
  else done(refuse(context, command, ready.failure));
}

/** Sends a request to a server that takes it. It stands in the stream, and so does what becomes of it. */
export function send<Kind extends DataKind>(
  context: LabContext,
  cluster: LabCluster,
  { target, request, client, timeoutMs }: ClientAsk<Kind>,
  done: (result: Result<DataAnswer<Kind>>) => void,
): void {
  const { stream } = context;
  const requestId = context.nextRequestId();
  const who = { requestId, target, ...(client !== undefined && { client }) };
  const sentNs = stream.nowNs;
  stream.emit({ type: 'request-sent', ...who, request: describeRequest(request, payloadDigest) });
  cluster.request({ target, requestId, request, ...(timeoutMs !== undefined && { timeoutMs }) }, (answer) => {
    const result = answerTo<Kind>(request, answer);
    const latencyNs = stream.nowNs - sentNs;
    const outcome = describeOutcome(result, context.shown);
    stream.emit({ type: 'request-answered', ...who, latencyNs, outcome });
    done(result);
  });
}

function clusterThatTakes(context: LabContext, command: ClientCommand, request: ClientRequest): Result<LabCluster> {
  const problem = checkRequest(request);
  if (problem) return { ok: false, failure: problem };
  const cluster = context.clusterWith(command.node);
  if (!cluster.ok) return cluster;
  const taken = cluster.value.takesRequests(command.node);
  return taken.ok ? cluster : taken;
}
