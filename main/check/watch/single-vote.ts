/**
 * A server gives at most one vote in a term (Raft §5.2), whatever happens to it on the same folder. A vote that a crash
 * forgot before it left the server was none: it counts when it was on disk, or when a candidate counted it.
 */
import type { LabEvent } from '../../../shared/event.ts';
import type { BootId, NodeId } from '../../../shared/ids.ts';
import { LatestMap } from '../latest-map.ts';
import type { ServerView } from '../server-view.ts';
import type { Watch, WatchContext } from '../watch.ts';

interface Vote {
  readonly candidate: NodeId;
  readonly boot: BootId;
  readonly storage: number;
  readonly event: LabEvent;
  /** It is on disk, or was counted. */
  binds: boolean;
}

export const watchSingleVote: Watch = (context) => {
  const { on, onAny, tableMax } = context;
  const votesOf = new Map<NodeId, LatestMap<Vote[]>>();

  function votesIn(voter: NodeId, term: number): Vote[] {
    let ofVoter = votesOf.get(voter);
    if (!ofVoter) votesOf.set(voter, (ofVoter = new LatestMap(tableMax)));
    let votes = ofVoter.get(term);
    if (!votes) ofVoter.set(term, (votes = []));
    return votes;
  }

  function cast(term: number, candidate: NodeId, event: LabEvent, { id, boot, folder }: ServerView): void {
    const votes = votesIn(id, term);
    const { storage } = folder;
    if (votes.some((vote) => vote.candidate === candidate && vote.boot === boot)) return;
    const vote = { candidate, boot, storage, event, binds: false };
    votes.push(vote);
    judge(context, id, term, votes, vote);
  }

  on('vote-granted', (event, server) => cast(event.term, event.candidateId, event, server));
  on('election-started', (event, server) => cast(event.term, server.id, event, server));
  on('entries-persisted', ({ term, votedFor }, server) => {
    const { folder } = server;
    if (votedFor === null || (folder.term === term && folder.votedFor === votedFor)) return;
    bind(votedFor, term, server.id, (vote) => vote.storage === folder.storage && vote.boot === server.boot);
  });
  onAny('vote-counted', ({ node, from, granted, term }) => {
    // Which of two lives gave it, where both did, is not known.
    if (granted && votesIn(from, term).filter(({ candidate }) => candidate === node).length === 1)
      bind(node, term, from, () => true);
  });

  function bind(candidate: NodeId, term: number, voter: NodeId, isMeant: (vote: Vote) => boolean): void {
    const votes = votesIn(voter, term);
    const vote = votes.find((one) => one.candidate === candidate && isMeant(one));
    if (!vote || vote.binds) return;
    vote.binds = true;
    judge(context, voter, term, votes, vote);
  }
};

/** Whether another vote of the same term stands against it: of the same life, or one that bound a later life. */
function judge({ report }: WatchContext, voter: NodeId, term: number, votes: readonly Vote[], vote: Vote): void {
  const other = votes.find((one) => {
    if (one.candidate === vote.candidate || one.storage !== vote.storage) return false;
    if (one.boot === vote.boot) return true;
    return (one.boot < vote.boot ? one : vote).binds;
  });
  if (!other) return;
  const sentence = `Node ${voter} votes in term ${term} for node ${other.candidate} and for node ${vote.candidate}.`;
  const rule = other.boot === vote.boot ? 'one-vote-per-term' : 'persist-before-reply';
  report('single-vote', { sentence, against: [other.event, vote.event], rule });
}
