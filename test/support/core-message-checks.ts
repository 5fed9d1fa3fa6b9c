/**
 * What must hold of a message that leaves a server.
 */
import { assert } from '../../shared/assert.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { ConsensusMessage } from '../../shared/raft-message.ts';
import type { CoreNode } from './core-node.ts';

/** A message leaves a server: whatever it promises is on that server's disk (rules persist-before-reply, one-vote-per-term). */
export function checkSent(
  { id, disk }: CoreNode,
  to: NodeId,
  message: ConsensusMessage,
  voteOf: Map<string, NodeId>,
): void {
  const { kind, term } = message;
  if (kind === 'read-index' || kind === 'read-index-reply') return;
  // Nobody is in the term of a pre-vote, and a pre-vote promises nothing.
  if (kind === 'pre-vote' || kind === 'pre-vote-reply') return;
  assert(
    disk.term >= term,
    `persist-before-reply: node ${id} sends ${kind} of term ${term} with term ${disk.term} on disk`,
  );
  const vote = kind === 'request-vote' ? id : kind === 'request-vote-reply' && message.voteGranted ? to : undefined;
  if (vote !== undefined) {
    const name = `${id} (folder ${disk.storage}) in term ${term}`;
    assert(
      (voteOf.get(name) ?? vote) === vote,
      `one-vote-per-term: node ${name} votes for ${voteOf.get(name)} and ${vote}`,
    );
    voteOf.set(name, vote);
    assert(
      disk.term > term || disk.votedFor === vote,
      `persist-before-reply: the vote of node ${name} is not on its disk`,
    );
  }
  const acknowledged =
    kind === 'append-entries-reply' && message.success
      ? message.matchIndex
      : kind === 'install-snapshot-reply' && message.installed
        ? message.lastIncludedIndex
        : 0;
  assert(
    disk.term !== term || disk.log.length >= acknowledged,
    `persist-before-reply: node ${id} acknowledges ${acknowledged}, its disk ends at ${disk.log.length}`,
  );
}
