/**
 * One plain message of each kind.
 */
import type { ClientAnswer, ClientRequest } from '../../../shared/client-request.ts';
import type { Configuration } from '../../../shared/configuration.ts';
import type { NodeId } from '../../../shared/ids.ts';
import type { EntryDraft } from '../../../shared/log-entry.ts';
import type { ClientCall, ClientCallReply, MessageKind, RaftMessage } from '../../../shared/raft-message.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const exampleConfiguration: Configuration = {
  voters: [
    { id: 0, storage: 0 },
    { id: 1, storage: 2 ** 48 - 1 },
  ],
  outgoing: [{ id: 0, storage: 0 }],
  learners: [{ id: 7, storage: 5 }],
};
const exampleSession = { sessionId: 3, sequence: 9, lowestOpen: 8 };

/** One of each kind, as node `sender` sends it. */
export function exampleMessages(sender: NodeId): Readonly<Record<MessageKind, RaftMessage>> {
  const vote = { term: 5, round: 1, candidateId: sender, lastLogIndex: 12, lastLogTerm: 4 };
  const reply = { term: 5, round: 1, storage: 77 };
  return {
    'request-vote': { kind: 'request-vote', ...vote, transfer: true },
    'pre-vote': { kind: 'pre-vote', ...vote },
    'pre-vote-reply': { kind: 'pre-vote-reply', ...reply, voteGranted: true },
    'request-vote-reply': { kind: 'request-vote-reply', ...reply, voteGranted: true },
    'append-entries': exampleAppendEntries(sender),
    'append-entries-reply': {
      kind: 'append-entries-reply',
      ...reply,
      round: 2,
      success: false,
      matchIndex: 0,
      conflictTerm: 3,
      conflictIndex: 9,
    },
    'install-snapshot': {
      kind: 'install-snapshot',
      term: 5,
      round: 6,
      leaderId: sender,
      lastIncludedIndex: 90,
      lastIncludedTerm: 4,
      configuration: exampleConfiguration,
      configurationIndex: 80,
      offset: 100,
      totalBytes: 1_000,
      data: bytes('chunk'),
    },
    'install-snapshot-reply': {
      kind: 'install-snapshot-reply',
      ...reply,
      round: 6,
      lastIncludedIndex: 90,
      lastIncludedTerm: 4,
      nextOffset: 105,
      installed: false,
    },
    'timeout-now': { kind: 'timeout-now', term: 5, round: 7 },
    'read-index': { kind: 'read-index', term: 5, round: 3, mode: 'lease' },
    'read-index-reply': { kind: 'read-index-reply', term: 5, round: 3, success: true, readIndex: 14 },
    'forward-append': {
      kind: 'forward-append',
      term: 5,
      round: 4,
      entries: [bytes('foo'), bytes('bar')],
      expect: { prevLogIndex: 0, prevLogTerm: 0 },
      session: exampleSession,
    },
    'forward-append-reply': {
      kind: 'forward-append-reply',
      round: 4,
      failure: { code: 'conflict', message: 'Another entry stands there.', lastClientEntry: { index: 14, term: 5 } },
    },
    'client-call': exampleCall,
    'client-call-reply': exampleCallReply,
  };
}

/** With requests of every kind. */
const exampleCall: ClientCall = {
  kind: 'client-call',
  round: 8,
  requests: (
    [
      { kind: 'append', entries: [bytes('foo')], session: exampleSession },
      { kind: 'append', entries: [bytes('bar')], session: { ...exampleSession, sequence: 10 } },
      { kind: 'append', entries: [bytes('a'), bytes('')], expect: { prevLogIndex: 12, prevLogTerm: 4 } },
      { kind: 'index-range', startIndex: 1, endIndex: 9, read: 'local', includeInternal: true },
      { kind: 'open-session' },
      { kind: 'set-retention', retainEntries: 1_000 },
      {
        kind: 'change-membership',
        mode: 'single-server',
        voters: exampleConfiguration.voters,
        learners: exampleConfiguration.learners,
      },
      { kind: 'transfer-leadership', to: 2 },
    ] satisfies ClientRequest[]
  ).map((request, place) => ({ number: 70 + place, timeoutMs: place < 4 ? 5_000 : 100, request })),
};

/** With answers of every kind. */
const exampleCallReply: ClientCallReply = {
  kind: 'client-call-reply',
  round: 8,
  leader: { id: 1, address: { host: '127.0.0.1', port: 11_111 } },
  answers: [
    ...(
      [
        { kind: 'append', firstIndex: 20, lastIndex: 20, term: 5 },
        { kind: 'append', firstIndex: 21, lastIndex: 22, term: 5 },
        {
          kind: 'index-range',
          entries: [
            { index: 3, term: 1, kind: 'noop', payload: bytes('') },
            { index: 4, term: 1, kind: 'client', payload: bytes('foo') },
            { index: 9, term: 2, kind: 'client', payload: bytes('bar'), refused: true },
          ],
          appliedIndex: 22,
          continueAt: 10,
        },
        { kind: 'open-session', sessionId: 23 },
        { kind: 'set-retention', index: 24 },
        { kind: 'change-membership', index: 25 },
        { kind: 'transfer-leadership', index: 0 },
      ] satisfies ClientAnswer[]
    ).map((value, place) => ({ number: 70 + place, result: { ok: true as const, value } })),
    { number: 80, result: { ok: false, failure: { code: 'timed-out', message: 'Nothing was heard.' } } },
    {
      number: 81,
      result: {
        ok: false,
        failure: {
          code: 'conflict',
          message: 'Late.',
          lastClientEntry: { index: 14, term: 5 },
          leaderId: 0,
          firstIndex: 3,
        },
      },
    },
  ],
};

/** With entries of every kind. */
function exampleAppendEntries(leaderId: NodeId): RaftMessage {
  const none = new Uint8Array(0);
  const expect = { prevLogIndex: 12, prevLogTerm: 4 };
  const entries: readonly EntryDraft[] = [
    { kind: 'noop', payload: none },
    { kind: 'client', payload: bytes('foo'), expect, session: exampleSession, more: true },
    { kind: 'client', payload: bytes('bar'), continues: true },
    { kind: 'client', payload: bytes('next'), session: { ...exampleSession, sequence: 10 } },
    { kind: 'configuration', payload: none, configuration: exampleConfiguration },
    { kind: 'session', payload: none },
    { kind: 'retention', payload: none, retainEntries: 1_000 },
  ];
  return {
    kind: 'append-entries',
    term: 5,
    round: 2,
    leaderId,
    prevLogIndex: 12,
    prevLogTerm: 4,
    leaderCommit: 12,
    entries: entries.map((draft, at) => ({ ...draft, index: 13 + at, term: 5 })),
  };
}
