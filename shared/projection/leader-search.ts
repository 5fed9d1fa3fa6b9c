/**
 * What one server does, and does not do, to get the cluster a leader: a pure fold over what it reports. `explain/`
 * puts the servers' parts together.
 */
import type { LabEvent } from '../event.ts';
import type { NodeId } from '../ids.ts';
import type { RuleId } from '../rules.ts';

/** A round of asking: `pre-vote` whether it would win `term` (dissertation §9.6), `vote` to win it (Raft §5.2). */
export interface Campaign {
  readonly kind: 'pre-vote' | 'vote';
  readonly term: number;
  readonly votes: readonly NodeId[];
  readonly votersNeeded: number;
  /** Who answered no. Their own `refusals` say why. */
  readonly refusedBy: readonly NodeId[];
}

/** Why this server said no to a candidate, or did not listen to it. */
export interface Refusal {
  readonly candidateId: NodeId;
  readonly term: number;
  readonly reason: string;
  readonly rule?: RuleId;
}

export interface Decision {
  readonly term: number;
  readonly reason: string;
  readonly rule?: RuleId;
}

export interface LeaderSearch {
  /** The latest one, also after it failed; null while a leader is known. */
  readonly campaign: Campaign | null;
  /** The latest to each candidate. */
  readonly refusals: readonly Refusal[];
  /** Its timer fired and it did not run. */
  readonly withheld: Decision | null;
  /** It led, and gave its office up. */
  readonly leftOffice: Decision | null;
}

export const noSearch: LeaderSearch = { campaign: null, refusals: [], withheld: null, leftOffice: null };

/** One step of the fold. The very same object when nothing changed. */
export function projectSearch(search: LeaderSearch, event: LabEvent): LeaderSearch {
  switch (event.type) {
    case 'leader-known':
      return noSearch;
    case 'role-changed':
      if (event.to === 'leader') return noSearch;
      return event.from === 'leader' ? { ...noSearch, leftOffice: decisionOf(event) } : search;
    case 'pre-vote-started':
      return { ...search, withheld: null, campaign: campaignOf('pre-vote', event) };
    case 'election-started':
      return { ...search, withheld: null, campaign: campaignOf('vote', event) };
    case 'pre-vote-counted':
      return { ...search, campaign: counted('pre-vote', search.campaign, event) };
    case 'vote-counted':
      return { ...search, campaign: counted('vote', search.campaign, event) };
    case 'election-withheld':
      return { ...search, withheld: decisionOf(event) };
    case 'pre-vote-answered':
      return event.granted ? search : refused(search, event.candidateId, event);
    case 'vote-refused':
      return refused(search, event.candidateId, event);
    case 'message-ignored':
      return event.kind === 'pre-vote' || event.kind === 'request-vote' ? refused(search, event.from, event) : search;
    default:
      return search;
  }
}

/** An event, or what remains of one: the rest of it is nobody's business. */
function decisionOf({ term, reason, rule }: Decision): Decision {
  return { term, reason, ...(rule && { rule }) };
}

function campaignOf(kind: Campaign['kind'], { term, votersNeeded }: Pick<Campaign, 'term' | 'votersNeeded'>): Campaign {
  return { kind, term, votersNeeded, votes: [], refusedBy: [] };
}

interface Count extends Pick<Campaign, 'term' | 'votes' | 'votersNeeded'> {
  readonly from: NodeId;
  readonly granted: boolean;
}

function counted(kind: Campaign['kind'], campaign: Campaign | null, count: Count): Campaign {
  const { term, votes, votersNeeded, from, granted } = count;
  const isSame = campaign?.kind === kind && campaign.term === term;
  const before = isSame ? campaign.refusedBy.filter((id) => id !== from) : [];
  return { kind, term, votes, votersNeeded, refusedBy: granted ? before : [...before, from] };
}

function refused(search: LeaderSearch, candidateId: NodeId, decision: Decision): LeaderSearch {
  const others = search.refusals.filter((refusal) => refusal.candidateId !== candidateId);
  return { ...search, refusals: [...others, { candidateId, ...decisionOf(decision) }] };
}
