import { describe, expect, it } from 'vitest';
import { votersOnly } from '../../../../shared/configuration.ts';
import type { NodeId } from '../../../../shared/ids.ts';
import { emptyClusterView, projectClusterView } from '../../../../shared/projection/cluster-view.ts';
import { whyNoLeader } from '../../../../shared/projection/explain/why-no-leader.ts';
import { EventStory } from '../../../support/event-story.ts';

const answerTo = (story: EventStory): string | undefined =>
  whyNoLeader(story.events.reduce(projectClusterView, emptyClusterView));

function crash(story: EventStory, target: NodeId): void {
  story.lab({ type: 'node-ended', target, cause: 'crashed', reason: '' });
}

function candidate(story: EventStory, id: NodeId, term: number, votes: readonly NodeId[]): void {
  story.tell(id, { type: 'role-changed', from: 'follower', to: 'candidate', term, reason: '' });
  story.tell(id, { type: 'election-started', term, votersNeeded: 2, reason: '' });
  story.tell(id, { type: 'vote-counted', from: id, granted: true, term, votes, votersNeeded: 2 });
}

describe('there is no question', () => {
  it.each([
    ['without a cluster', new EventStory()],
    ['with a leader', new EventStory().cluster(3).elect(0, 1, 3)],
  ])('%s', (_name, story) => {
    expect(answerTo(story)).toBeUndefined();
  });
});

describe('no majority', () => {
  it('names who is missing, and why', () => {
    const story = new EventStory().cluster(3);
    crash(story, 0);
    story.lab({ type: 'node-fault', target: 2, fault: 'pause', faultRule: 'pause 2', reason: '' });
    expect(answerTo(story)).toBe(
      'No majority: 1 of 3 voters can vote, 2 are needed. Node 0 has crashed; node 2 is paused.',
    );
  });

  it('names together who is missing for the same reason', () => {
    const story = new EventStory().cluster(5);
    for (const id of [0, 1, 4]) crash(story, id);
    story.lab({ type: 'node-fault', target: 2, fault: 'pause', faultRule: 'pause 2', reason: '' });
    expect(answerTo(story)).toBe(
      'No majority: 1 of 5 voters can vote, 3 are needed. Nodes 0, 1 and 4 have crashed; node 2 is paused.',
    );
  });

  it('says that only learners run', () => {
    const story = new EventStory().cluster(2);
    const configuration = { ...votersOnly([0]), learners: votersOnly([1]).voters };
    for (const id of [0, 1]) story.tell(id, { type: 'configuration-changed', index: 1, configuration, reason: '' });
    crash(story, 0);
    expect(answerTo(story)).toBe('Only learners run (1), and they do not vote; 1 is needed. Node 0 has crashed.');
  });

  it('[6] names the side of a joint configuration that lacks it', () => {
    const story = new EventStory().cluster(3);
    const configuration = { ...votersOnly([2]), outgoing: votersOnly([0, 1]).voters };
    for (const id of [0, 1, 2]) story.tell(id, { type: 'configuration-changed', index: 1, configuration, reason: '' });
    crash(story, 1);
    expect(answerTo(story)).toBe('No majority: 1 of 2 old servers can vote, 2 are needed. Node 1 has crashed.');
  });

  it('does not count a server that came back with another folder', () => {
    const story = new EventStory().cluster(1);
    const configuration = { ...votersOnly([]), voters: [{ id: 0, storage: 5 }] };
    story.tell(0, { type: 'configuration-changed', index: 1, configuration, reason: '' });
    expect(answerTo(story)).toContain('another folder, and its vote does not count [D§3.8 no-amnesia]');
  });

  it('may run, but out of reach', () => {
    const story = new EventStory().cluster(3);
    for (const [from, to] of [
      [0, 1],
      [1, 2],
      [2, 0],
    ] as const)
      story.lab({ type: 'link-cut', link: { from, to }, faultRule: 'cut' });
    expect(answerTo(story)).toBe(
      'Nobody reaches a majority both ways: 3 directions of links are cut, and 2 votes are needed.',
    );
  });
});

describe('an election', () => {
  it('[5.2] whose votes are split', () => {
    const story = new EventStory().cluster(4);
    candidate(story, 0, 5, [0, 1]);
    candidate(story, 2, 5, [2, 3]);
    expect(answerTo(story)).toBe(
      'The votes of term 5 are split: node 0 has 2, node 2 has 2, and 2 votes are needed. ' +
        'Whose random timeout passes first tries again in the next term (§5.2).',
    );
  });

  it('in which a vote was refused, with the rule', () => {
    const story = new EventStory().cluster(3);
    candidate(story, 1, 4, [1]);
    story.tell(2, {
      type: 'vote-refused',
      candidateId: 1,
      term: 4,
      reason: 'its log ends before mine',
      rule: 'up-to-date-vote',
    });
    expect(answerTo(story)).toBe(
      'Node 1 asks for votes in term 4 and has 1 of the 2 that it needs. ' +
        'Node 2 refused: its log ends before mine [§5.4.1 up-to-date-vote].',
    );
  });

  it('in which nobody has answered', () => {
    const story = new EventStory().cluster(3);
    candidate(story, 1, 4, [1]);
    expect(answerTo(story)).toMatch(/has 1 of the 2 that it needs\. No answer yet from nodes 0 and 2\.$/);
  });

  it('that was asked about before it began (pre-vote)', () => {
    const story = new EventStory().cluster(3);
    story.tell(0, { type: 'pre-vote-started', term: 4, votersNeeded: 2, reason: '', rule: 'pre-vote' });
    story.tell(0, { type: 'pre-vote-counted', from: 0, granted: true, term: 4, votes: [0], votersNeeded: 2 });
    story.tell(0, { type: 'pre-vote-counted', from: 1, granted: false, term: 4, votes: [0], votersNeeded: 2 });
    expect(answerTo(story)).toBe(
      'Node 0 asks whether it would win term 4: 1 of the 2 needed would vote for it. Node 1 said no.',
    );
    story.tell(1, {
      type: 'pre-vote-answered',
      candidateId: 0,
      term: 4,
      granted: false,
      reason: 'I hear a leader.',
      rule: 'leader-stickiness',
    });
    expect(answerTo(story)).toContain('Node 1 would not: I hear a leader [D§4.2.3 leader-stickiness].');
  });
});

describe('nobody runs', () => {
  it('because nobody may', () => {
    const story = new EventStory().cluster(1);
    story.tell(0, {
      type: 'election-withheld',
      term: 2,
      reason: 'my disk does not answer',
      rule: 'step-down-on-stuck-disk',
    });
    expect(answerTo(story)).toBe(
      'Nobody runs for office. Node 0: my disk does not answer [D§10.2.1 step-down-on-stuck-disk].',
    );
  });

  it('yet: at first, after a leader gave up, after a leader died', () => {
    const story = new EventStory().cluster(3);
    expect(answerTo(story)).toContain('Nobody runs yet: every node waits out its election timeout (150–300 ms)');
    story.elect(0, 1, 3);
    story.tell(0, {
      type: 'role-changed',
      from: 'leader',
      to: 'follower',
      term: 1,
      reason: 'nobody answers',
      rule: 'check-quorum',
    });
    expect(answerTo(story)).toBe(
      'Node 0 gave up its office: nobody answers [D§6.2 check-quorum]. Whose election timeout (150–300 ms) passes first runs.',
    );
    crash(story, 0);
    expect(answerTo(story)).toBe(
      'Node 0, which led, no longer runs. Nodes 1 and 2 still wait for it, until an election timeout (150–300 ms) passes.',
    );
  });
});
