/** What a search looks for, as folds over the stream. */
import { assertNever } from '../../../shared/assert.ts';
import type { LabEvent, SoughtEvent } from '../../../shared/event.ts';
import type { NodeId } from '../../../shared/ids.ts';

/** Takes every event. @returns what was found with this one, in a sentence */
export type Watch = (event: LabEvent) => string | undefined;

/** @param voters how many servers vote */
export function watchFor(looking: SoughtEvent, voters: number): Watch {
  switch (looking) {
    case 'split-vote':
      return splitVote(voters);
    case 'two-leaders':
      return twoLeaders();
    case 'violation':
      return (event) => (event.type === 'violation-found' ? event.sentence : undefined);
    default:
      return assertNever(looking, 'watchFor');
  }
}

/** Each voter has one vote a term, a candidate gives its own to itself. */
function splitVote(voters: number): Watch {
  const votesByTerm = new Map<number, Map<NodeId, NodeId>>();
  const majority = Math.floor(voters / 2) + 1;
  return (event) => {
    const vote = voteIn(event);
    if (!vote) return undefined;
    const votes = votesByTerm.get(vote.term) ?? new Map<NodeId, NodeId>();
    votesByTerm.set(vote.term, votes.set(vote.voter, vote.candidate));
    const counts = new Map<NodeId, number>();
    for (const candidate of votes.values()) counts.set(candidate, (counts.get(candidate) ?? 0) + 1);
    if (counts.size < 2 || Math.max(...counts.values()) + voters - votes.size >= majority) return undefined;
    const shares = [...counts].map(([candidate, count]) => `${count} for node ${candidate}`).join(', ');
    return `The vote of term ${vote.term} is split: ${shares}. Nobody can win it any more.`;
  };
}

interface Vote {
  readonly term: number;
  readonly voter: NodeId;
  readonly candidate: NodeId;
}

function voteIn(event: LabEvent): Vote | undefined {
  const { node } = event;
  if (event.type === 'election-started') return { term: event.term, voter: node, candidate: node };
  if (event.type === 'vote-granted') return { term: event.term, voter: node, candidate: event.candidateId };
  return undefined;
}

/** Servers that run and believe that they lead. */
function twoLeaders(): Watch {
  const terms = new Map<NodeId, number>();
  return (event) => {
    if (event.type === 'node-ended') terms.delete(event.target);
    if (event.type === 'term-changed') terms.delete(event.node);
    if (event.type !== 'role-changed') return undefined;
    if (event.to !== 'leader') terms.delete(event.node);
    else terms.set(event.node, event.term);
    const [first, second] = [...terms].toSorted(([, left], [, right]) => left - right);
    if (!first || !second) return undefined;
    return `Node ${first[0]} leads term ${first[1]} and has not heard yet that node ${second[0]} leads term ${second[1]}.`;
  };
}
