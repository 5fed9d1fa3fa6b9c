/**
 * What only a leader does: changes of membership, transfers, retention. The lab finds the leader; a server that is asked and
 * does not lead names it. And the rules of Raft, which go to every server.
 */
import { checkRequest } from '../../../../shared/check-request.ts';
import type { ClientAnswer, DoneAnswer, LeaderRequest } from '../../../../shared/client-request.ts';
import type { CommandOf } from '../../../../shared/command.ts';
import { serversOf, type Server } from '../../../../shared/configuration.ts';
import type { NodeId } from '../../../../shared/ids.ts';
import { currentLeader, nodeOf } from '../../../../shared/projection/cluster-view.ts';
import { isWiped } from '../../../../shared/projection/membership-view.ts';
import { succeed, type Result } from '../../../../shared/result.ts';
import { strangeAnswer } from '../../../lab-words.ts';
import type { LabCluster } from '../lab-cluster.ts';
import type { LabContext } from '../lab-context.ts';
import { atOnce, type CommandHandlers } from './command-handlers.ts';

type LeaderCommandType = 'change-membership' | 'transfer-leadership' | 'set-retention';

/** Servers that are asked for one command; more only if the office changes hands again and again. */
const asksMax = 5;

export function leaderCommands(context: LabContext): CommandHandlers<LeaderCommandType | 'set-rules'> {
  return {
    'change-membership': (command, done) => {
      const { voters, learners } = command;
      askLeader(context, [...voters, ...learners], membershipRequest(context, command), done);
    },
    'transfer-leadership': ({ to }, done) => askLeader(context, [to], { kind: 'transfer-leadership', to }, done),
    'set-retention': ({ retainEntries }, done) =>
      askLeader(context, [], { kind: 'set-retention', retainEntries }, done),
    'set-rules': atOnce(({ rulesOff }) => {
      const cluster = context.clusterWith();
      if (!cluster.ok) return cluster;
      cluster.value.setRules(rulesOff);
      return succeed(null);
    }),
  };
}

function membershipRequest(
  { stream: { view } }: LabContext,
  { mode = 'joint', voters, learners }: CommandOf<'change-membership'>,
): LeaderRequest {
  const configuration = currentLeader(view)?.configuration?.configuration;
  const members = configuration ? serversOf(configuration) : [];
  // A member keeps the folder that it was added with; a new one, or one that lost it, is bound to the folder that it has
  // (rule `no-amnesia`).
  const asServer = (id: NodeId): Server => {
    const node = nodeOf(view, id);
    if (!node || (members.includes(id) && !isWiped(configuration, node))) return { id, storage: 0 };
    return { id, storage: node.storage };
  };
  return { kind: 'change-membership', mode, voters: voters.map(asServer), learners: learners.map(asServer) };
}

/** @param ids servers that the request speaks of: they must be of this cluster */
function askLeader(
  context: LabContext,
  ids: readonly NodeId[],
  request: LeaderRequest,
  done: (result: Result<DoneAnswer>) => void,
): void {
  const problem = checkRequest(request);
  if (problem) return done({ ok: false, failure: problem });
  const cluster = context.clusterWith(...ids);
  if (!cluster.ok) return done(cluster);
  const answer = (result: Result<ClientAnswer>): void => done(asDone(request, result));
  return askInTurn(context, cluster.value, { target: firstToAsk(context, cluster.value), request, asks: 1 }, answer);
}

interface Ask {
  readonly target: NodeId;
  readonly request: LeaderRequest;
  /** Servers that were asked, this one included. */
  readonly asks: number;
}

function askInTurn(
  context: LabContext,
  cluster: LabCluster,
  { target, request, asks }: Ask,
  done: (result: Result<ClientAnswer>) => void,
): void {
  cluster.request({ target, requestId: context.nextRequestId(), request }, (result) => {
    if (result.ok || result.failure.code !== 'no-leader' || asks === asksMax) return done(result);
    const { leaderId } = result.failure;
    if (leaderId === undefined || leaderId === target || !cluster.has(leaderId)) return done(result);
    // A server is in the middle of its turn when it answers: the next one is asked when that is over.
    const next = { target: leaderId, request, asks: asks + 1 };
    return context.stream.later(() => askInTurn(context, cluster, next, done));
  });
}

/** The leader as the stream shows it; if there is none, any server that runs will wait for one and name it. */
function firstToAsk({ stream }: LabContext, cluster: LabCluster): NodeId {
  const leader = currentLeader(stream.view)?.id;
  if (leader !== undefined && cluster.takesRequests(leader).ok) return leader;
  return cluster.ids.find((id) => cluster.takesRequests(id).ok) ?? cluster.ids[0] ?? 0;
}

function asDone(request: LeaderRequest, result: Result<ClientAnswer>): Result<DoneAnswer> {
  if (!result.ok) return result;
  const { value } = result;
  if (value.kind === 'append' || value.kind === 'index-range' || value.kind === 'open-session')
    return { ok: false, failure: strangeAnswer(request.kind, value.kind) };
  return succeed(value);
}
