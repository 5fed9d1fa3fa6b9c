/**
 * The end of a run, without faults: one leader, equal logs, within a bound; then every member serves, and what was
 * acknowledged is there.
 */
import type { Timings } from '../../shared/cluster-config.ts';
import { configurationOf, type RaftState } from '../raft/state.ts';
import { serversOf } from '../../shared/configuration.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import { required } from '../../shared/assert.ts';
import type { HistoryOptions, SeenEntry } from '../check/contract.ts';
import type { Administrator } from './administrator.ts';
import type { Acknowledged } from './clients.ts';
import { makePayload, numberOfPayload } from './payload.ts';
import { findLoss } from './kept-entries.ts';
import type { RequestDesk } from './request-desk.ts';
import type { ownPromises } from './run-result.ts';
import type { SimNode } from './sim-node.ts';
import type { World } from './world.ts';

/**
 * Within so many longest election timeouts after the last fault all members agree. A leader is elected in a few; the rest
 * is for a snapshot in small chunks and for a change of membership that was under way.
 */
export const convergenceBound = 40;
/** And each of these is answered within so many. */
const servingBound = 20;

export interface CalmOptions {
  readonly world: World;
  readonly nodes: readonly SimNode[];
  readonly desk: RequestDesk;
  readonly administrator: Administrator;
  readonly timings: Timings;
  readonly acknowledged: readonly Acknowledged[];
  readonly mustStop: () => boolean;
}

export interface CalmOutcome {
  readonly problems: readonly {
    readonly promise: keyof typeof ownPromises | 'acknowledged-kept';
    readonly sentence: string;
  }[];
  /** In longest election timeouts. */
  readonly convergence: number;
  readonly finalLog: HistoryOptions['finalLog'];
}

/** No client waits longer than this, ms. */
const patienceMs = 10_000;
const observer = 2_000_000;
const lastPayload = 0xffff0000;
const toTheEnd = 2 ** 40;

export function calmDown(options: CalmOptions): CalmOutcome {
  const { world, timings, mustStop } = options;
  const timeoutNs = timings.electionTimeoutMaxMs * nanosecondsPerMillisecond;
  const beganNs = world.nowNs;
  const converged = waitFor(options, convergenceBound * timeoutNs, () => agreement(options) === undefined);
  const convergence = (world.nowNs - beganNs) / timeoutNs;
  if (mustStop()) return { problems: [], convergence, finalLog: undefined };
  if (!converged) {
    const sentence = `After ${convergenceBound} election timeouts without faults: ${agreement(options) ?? 'nothing'}`;
    return { problems: [{ promise: 'converges', sentence }], convergence, finalLog: undefined };
  }
  const unserved = serve(options, timeoutNs);
  if (mustStop()) return { problems: [], convergence, finalLog: undefined };
  if (unserved !== undefined)
    return { problems: [{ promise: 'serves', sentence: unserved }], convergence, finalLog: undefined };
  // What the log holds is the whole truth only when nobody waits any more who could still bring an entry.
  waitFor(options, patienceMs * nanosecondsPerMillisecond, () => options.desk.open === 0);
  waitFor(options, servingBound * timeoutNs, () => agreement(options) === undefined);
  if (mustStop()) return { problems: [], convergence, finalLog: undefined };
  const leader = required(options.administrator.leader, 'the cluster has a leader');
  const lost = findLoss(options.acknowledged, leader, membersOf(options));
  const problems = lost === undefined ? [] : [{ promise: 'acknowledged-kept' as const, sentence: lost }];
  return { problems, convergence, finalLog: readEffects(options, leader, timeoutNs) };
}

/** Lets time pass, a millisecond at a time. */
function waitFor({ world, mustStop }: CalmOptions, boundNs: number, condition: () => boolean): boolean {
  const untilNs = world.nowNs + boundNs;
  while (!condition()) {
    if (mustStop() || world.nowNs >= untilNs) return false;
    world.runUntil(world.nowNs + nanosecondsPerMillisecond);
  }
  return true;
}

function membersOf({ administrator, nodes }: CalmOptions): readonly SimNode[] {
  const state = administrator.leader?.state;
  if (!state) return [];
  return serversOf(configurationOf(state)).flatMap((id) => nodes[id] ?? []);
}

/** What is missing for all members to agree; undefined when nothing is. */
function agreement(options: CalmOptions): string | undefined {
  const leader = options.administrator.leader?.state;
  if (leader?.role.name !== 'leader') return describe('there is no leader', options);
  if (configurationOf(leader).outgoing.length > 0 || leader.role.change)
    return describe('a change of membership does not come to its end', options);
  if (leader.commitIndex !== leader.log.lastIndex) return describe('the leader does not commit its log', options);
  const apart = membersOf(options).find(({ state }) => !state || !isEqual(state, leader));
  if (apart) return describe(`server ${apart.id} does not agree with leader ${leader.id}`, options);
  return undefined;
}

function isEqual(state: RaftState, leader: RaftState): boolean {
  if (state === leader) return true;
  if (state.role.name !== 'follower' || state.role.leaderId !== leader.id || state.term !== leader.term) return false;
  return (
    state.log.lastIndex === leader.log.lastIndex &&
    state.commitIndex === leader.commitIndex &&
    state.persistedIndex === state.log.lastIndex
  );
}

function describe(what: string, { nodes }: CalmOptions): string {
  const servers = nodes.map(({ id, state }) => {
    if (!state) return `${id} down`;
    const { role, term, log, commitIndex } = state;
    return `${id} ${role.name} of term ${term}, log to ${log.lastIndex}, committed to ${commitIndex}`;
  });
  return `${what} (${servers.join('; ')}).`;
}

/** One append and one read at each member. */
function serve(options: CalmOptions, timeoutNs: number): string | undefined {
  const { desk } = options;
  let open = 0;
  const timeoutMs = (servingBound * timeoutNs) / nanosecondsPerMillisecond;
  const unserved: string[] = [];
  for (const node of membersOf(options)) {
    const entries = [makePayload(lastPayload + node.id, 8)];
    const read = { kind: 'index-range', startIndex: 0, endIndex: 0, read: 'lease' } as const;
    for (const request of [{ kind: 'append', entries } as const, read]) {
      open += 1;
      desk.ask(node, observer, request, timeoutMs, (result) => {
        open -= 1;
        if (!result.ok && result.failure.code !== 'compacted')
          unserved.push(`Server ${node.id}, asked for ${request.kind}: ${result.failure.message}`);
      });
    }
  }
  waitFor(options, 2 * servingBound * timeoutNs, () => open === 0);
  waitFor(options, servingBound * timeoutNs, () => agreement(options) === undefined);
  return unserved[0];
}

/** The client entries that had an effect, as the leader answers them. */
function readEffects(options: CalmOptions, leader: SimNode, timeoutNs: number): HistoryOptions['finalLog'] {
  const timeoutMs = (servingBound * timeoutNs) / nanosecondsPerMillisecond;
  const entries: SeenEntry[] = [];
  let first = 1;
  let last: number | undefined;
  let isOver = false;
  const readFrom = (startIndex: number): void => {
    const request = { kind: 'index-range', startIndex, endIndex: toTheEnd, read: 'linearizable' } as const;
    options.desk.ask(leader, observer, request, timeoutMs, (result) => {
      if (!result.ok) {
        const { firstIndex } = result.failure;
        isOver = firstIndex === undefined || entries.length > 0;
        first = firstIndex ?? 1;
        if (!isOver) readFrom(first);
      } else if (result.value.kind === 'index-range') {
        const { continueAt, appliedIndex } = result.value;
        for (const { index, term, payload } of result.value.entries)
          entries.push({ index, term, digest: numberOfPayload(payload) });
        isOver = continueAt === undefined;
        if (continueAt === undefined) last = appliedIndex;
        else readFrom(continueAt);
      }
    });
  };
  readFrom(0);
  waitFor(options, 2 * servingBound * timeoutNs, () => isOver);
  return last === undefined ? undefined : { firstIndex: first, lastIndex: last, entries };
}
