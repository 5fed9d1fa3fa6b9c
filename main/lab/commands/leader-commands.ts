/**
 * What only a leader does: changes of membership, transfers, retention. The lab finds the leader; a node that is asked and
 * does not lead names it. And the rules of Raft, which go to every node.
 */
import type { ClientAnswer, DoneAnswer, LeaderRequest } from '../../../shared/client-request.ts';
import type { CommandOf } from '../../../shared/command.ts';
import { serversOf, type Server } from '../../../shared/configuration.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { currentLeader, nodeOf } from '../../../shared/projection/cluster-view.ts';
import { isWiped } from '../../../shared/projection/membership-view.ts';
import { succeed, type Result } from '../../../shared/result.ts';
import { checkRequest } from '../../../shared/check-request.ts';
import { strangeAnswer } from '../../lab-words.ts';
import type { Cluster } from '../cluster.ts';
import type { LabContext } from '../lab-context.ts';
import type { CommandHandlers } from './command-handlers.ts';

type LeaderCommandType = 'change-membership' | 'transfer-leadership' | 'set-retention';

/** Nodes that are asked for one command; more only if the office changes hands again and again. */
const asksMax = 5;

export function leaderCommands(context: LabContext): CommandHandlers<LeaderCommandType | 'set-rules'> {
  return {
    'change-membership': (command) => {
      const { voters, learners } = command;
      return askLeader(context, [...voters, ...learners], membershipRequest(context, command));
    },
    'transfer-leadership': ({ to }) => askLeader(context, [to], { kind: 'transfer-leadership', to }),
    'set-retention': ({ retainEntries }) => askLeader(context, [], { kind: 'set-retention', retainEntries }),
    'set-rules': ({ rulesOff }) => {
      const cluster = context.clusterWith();
      if (!cluster.ok) return cluster;
      cluster.value.setRules(rulesOff);
      return succeed(null);
    },
  };
}

function membershipRequest(
  context: LabContext,
  { mode = 'joint', voters, learners }: CommandOf<'change-membership'>,
): LeaderRequest {
  const { view } = context.stream.snapshot();
  const configuration = currentLeader(view)?.configuration?.configuration;
  const members = configuration ? serversOf(configuration) : [];
  // A member keeps the folder that it was added with; a new one, or one that lost it, is bound to the folder that it has (rule `no-amnesia`).
  const asServer = (id: NodeId): Server => {
    const node = nodeOf(view, id);
    if (!node || (members.includes(id) && !isWiped(configuration, node))) return { id, storage: 0 };
    return { id, storage: node.storage };
  };
  return { kind: 'change-membership', mode, voters: voters.map(asServer), learners: learners.map(asServer) };
}

/** @param ids nodes that the request speaks of: they must be of this cluster */
async function askLeader(
  context: LabContext,
  ids: readonly NodeId[],
  request: LeaderRequest,
): Promise<Result<DoneAnswer>> {
  const problem = checkRequest(request);
  if (problem) return { ok: false, failure: problem };
  const cluster = context.clusterWith(...ids);
  if (!cluster.ok) return cluster;
  const target = firstToAsk(context, cluster.value);
  return asDone(request, await askInTurn(context, cluster.value, target, request));
}

async function askInTurn(
  context: LabContext,
  cluster: Cluster,
  first: NodeId,
  request: LeaderRequest,
): Promise<Result<ClientAnswer>> {
  let target = first;
  for (let asks = 1; ; asks++) {
    const result = await cluster.request(target, context.nextRequestId(), request);
    if (result.ok || result.failure.code !== 'no-leader' || asks === asksMax) return result;
    const { leaderId } = result.failure;
    if (leaderId === undefined || leaderId === target || !cluster.has(leaderId)) return result;
    target = leaderId;
  }
}

/** The leader as the stream shows it; if there is none, any node that runs will wait for one and name it. */
function firstToAsk(context: LabContext, cluster: Cluster): NodeId {
  const runs = (id: NodeId): boolean => cluster.has(id) && cluster.takesRequests(id).ok;
  const leader = currentLeader(context.stream.snapshot().view)?.id;
  if (leader !== undefined && runs(leader)) return leader;
  const ids = cluster.members.map(({ id }) => id);
  return ids.find(runs) ?? ids[0] ?? 0;
}

function asDone(request: LeaderRequest, result: Result<ClientAnswer>): Result<DoneAnswer> {
  if (!result.ok) return result;
  const { value } = result;
  if (value.kind === 'append' || value.kind === 'index-range' || value.kind === 'open-session') {
    return { ok: false, failure: strangeAnswer(request.kind, value.kind) };
  }
  return succeed(value);
}
