/**
 * A leader commits an entry when a majority of each deciding group of the configuration in force has it on disk (Raft §5.3,
 * §6, dissertation §10.2.1). A server counts with the folder that the configuration names, also if it lost it since.
 */
import type { Configuration, Server } from '../../../shared/configuration.ts';
import type { EventOf, LabEvent } from '../../../shared/event.ts';
import type { BootId, NodeId } from '../../../shared/ids.ts';
import type { RuleId } from '../../../shared/rules.ts';
import type { ServerView } from '../server-view.ts';
import type { ClusterView, Finding, Watch } from '../watch.ts';

interface Entry {
  readonly index: number;
  readonly term: number;
}

/**
 * A quorum that lacks servers whose events may be on their way still (a thread that was held up tells late), or were lost in a
 * crash. What each had when the leader committed is known when it speaks with a higher Lamport number, in the same boot.
 */
interface Suspicion extends LackingQuorum {
  readonly lamport: number;
  readonly waitingFor: Map<NodeId, BootId>;
}

interface LackingQuorum {
  readonly finding: Finding;
  readonly entry: Entry;
  /** Each must have the entry at a majority. */
  readonly groups: readonly (readonly Server[])[];
  /** Those that are known to have it. */
  readonly has: Set<NodeId>;
}

const suspicionsMax = 100;

export const watchDurableQuorum: Watch = ({ cluster, crashMayLoseEvents, on, onAny, onFinish, report, lose }) => {
  let suspicions: Suspicion[] = [];

  on('commit-advanced', (event, server) => {
    const quorum = server.role === 'leader' ? lackingQuorum(cluster, event, server) : undefined;
    if (quorum === 'unknown') {
      lose('durable-quorum', `what some server had on disk when node ${server.id} committed ${event.to} is not known`);
    } else if (quorum && crashMayLoseEvents) {
      const finding = { ...quorum.finding, against: [event] };
      const waitingFor = lackingServers(cluster, quorum, server);
      if (waitingFor.size === 0) report('durable-quorum', finding);
      else if (suspicions.length < suspicionsMax)
        suspicions.push({ ...quorum, finding, lamport: event.lamport, waitingFor });
      else lose('durable-quorum', 'too many commits wait for what servers say next');
    } else if (quorum) {
      report('durable-quorum', quorum.finding);
    }
  });

  /** Seen before it changes the server: whatever that has at the disk by then it had when the leader committed. */
  const goesOn = ({ boot, lamport }: LabEvent, server: ServerView): void => {
    if (suspicions.length === 0) return;
    suspicions = suspicions.filter((suspicion) => {
      const { waitingFor, has, groups, finding } = suspicion;
      if (waitingFor.get(server.id) !== boot || lamport < suspicion.lamport) return true;
      waitingFor.delete(server.id);
      if (hasOnDisk(cluster, suspicion, server.id)) has.add(server.id);
      if (groups.every((group) => isMajority(group, has))) return false;
      if (waitingFor.size === 0) report('durable-quorum', finding);
      return waitingFor.size > 0;
    });
  };
  for (const type of [
    'entries-persisted',
    'entries-appended',
    'commit-advanced',
    'term-changed',
    'vote-refused',
  ] as const) {
    on(type, goesOn);
  }
  const cannotTell = `a server that may have had an entry on disk crashed before it could say so`;
  onAny('node-started', ({ node }) => {
    const known = suspicions.filter(({ waitingFor }) => !waitingFor.has(node));
    if (known.length < suspicions.length) lose('durable-quorum', cannotTell);
    suspicions = known;
  });
  onFinish(() => {
    if (suspicions.length > 0) lose('durable-quorum', cannotTell);
  });
};

function lackingServers(
  { servers }: ClusterView,
  { groups, has }: LackingQuorum,
  leader: ServerView,
): Map<NodeId, BootId> {
  const lacking = new Map<NodeId, BootId>();
  for (const { id } of groups.flat()) {
    const view = servers.get(id);
    if (view && id !== leader.id && !has.has(id)) lacking.set(id, view.boot);
  }
  return lacking;
}

function hasOnDisk(cluster: ClusterView, { groups, entry }: LackingQuorum, id: NodeId): boolean {
  return groups.flat().some((server) => server.id === id && onDisk(cluster, server, entry) === 'has');
}

function isMajority(group: readonly Server[], has: ReadonlySet<NodeId>): boolean {
  return group.filter(({ id }) => has.has(id)).length > group.length / 2;
}

function lackingQuorum(
  cluster: ClusterView,
  { to: index }: EventOf<'commit-advanced'>,
  leader: ServerView,
): LackingQuorum | 'unknown' | undefined {
  const term = leader.folder.log.termAt(index);
  const configuration = leader.configurations.at(-1)?.configuration;
  if (term === undefined || !configuration) return undefined;
  const entry = { index, term };
  const groups = [configuration.voters, configuration.outgoing].filter((group) => group.length > 0);
  const states = groups.map((group) => stateOf(cluster, group, entry));
  const failing = states.findIndex((state) => state !== 'has');
  if (failing === -1) return undefined;
  if (!states.includes('lacks')) return 'unknown';
  const group = groups[states.indexOf('lacks')] ?? [];
  const there = group.filter((server) => onDisk(cluster, server, entry) === 'has').map(({ id }) => id);
  const which = groups.length > 1 ? (group === configuration.voters ? ' new' : ' old') : '';
  const sentence = `Node ${leader.id} commits entry ${index} of term ${term}, which is on disk at ${there.length} of ${group.length}${which} voters (${there.map((id) => `node ${id}`).join(', ') || 'none'}).`;
  const has = groups.flat().filter((server) => onDisk(cluster, server, entry) === 'has');
  const finding = { sentence, rule: ruleOf(cluster, leader, configuration, entry) };
  return { finding, entry, groups, has: new Set(has.map(({ id }) => id)) };
}

/** Which rule would have kept the leader from it. */
function ruleOf(cluster: ClusterView, leader: ServerView, { voters, outgoing }: Configuration, entry: Entry): RuleId {
  if (outgoing.length > 0 && stateOf(cluster, voters, entry) === 'has') return 'joint-majorities';
  const anyFolder = (group: readonly Server[]): boolean =>
    group.length === 0 ||
    stateOf(
      cluster,
      group.map(({ id }) => ({ id, storage: 0 })),
      entry,
    ) === 'has';
  if (anyFolder(voters) && anyFolder(outgoing)) return 'no-amnesia';
  return leader.folder.durableIndex < entry.index ? 'durable-quorum-commit' : 'persist-before-reply';
}

/** Whether a majority of the group has it; `unknown` when those of which too little is known could make one. */
function stateOf(cluster: ClusterView, group: readonly Server[], entry: Entry): 'has' | 'lacks' | 'unknown' {
  const needed = Math.floor(group.length / 2) + 1;
  let has = 0;
  let unknown = 0;
  for (const server of group) {
    const state = onDisk(cluster, server, entry);
    if (state === 'has') has += 1;
    else if (state === 'unknown') unknown += 1;
    if (has === needed) return 'has';
  }
  return has + unknown >= needed ? 'unknown' : 'lacks';
}

function onDisk(
  { servers }: ClusterView,
  { id, storage }: Server,
  { index, term }: Entry,
): 'has' | 'lacks' | 'unknown' {
  const server = servers.get(id);
  if (!server) return 'unknown';
  const { folder, formerFolders, known } = server;
  const counts = storage === 0 || folder.storage === storage;
  if (counts && folder.durableIndex >= index && folder.log.holds(index, term)) return 'has';
  for (const former of formerFolders) {
    if (storage !== 0 && former.storage !== storage) continue;
    if (former.tailUnknown) return 'unknown';
    if (former.durableIndex >= index && former.log.holds(index, term)) return 'has';
  }
  return !known || (counts && folder.tailUnknown) ? 'unknown' : 'lacks';
}
