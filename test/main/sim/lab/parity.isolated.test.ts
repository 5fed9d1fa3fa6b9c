/** The real lab and the simulated one are given the same commands, and say the same. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Command } from '../../../../shared/command.ts';
import type { LabEvent } from '../../../../shared/event.ts';
import type { Result } from '../../../../shared/result.ts';
import { RealLabs, type RealLab } from '../../../support/real-lab.ts';
import { DrivenLab } from '../../../support/sim-lab.ts';

const labs = new RealLabs();

afterEach(() => labs.closeAll());

/** What the real lab can do in this version: an idle one tells what it can't. */
async function knownTo(real: RealLab): Promise<readonly Command[]> {
  const missing = new Set<string>();
  for (const command of commands.filter(({ type }) => type !== 'start-cluster')) {
    const result = await real.lab.execute(command);
    if (!result.ok && result.failure.message === 'This is not in this version yet.') missing.add(command.type);
  }
  const isKnown = (command: Command): boolean =>
    !missing.has(command.type) && !('voters' in command && missing.has('wipe-node'));
  return commands.filter(isKnown);
}

const link = { from: 0, to: 1 };
const rule = { id: 'late', link, action: { kind: 'delay', minMs: 1, maxMs: 2, distribution: 'uniform' } } as const;
const slow = { kind: 'slow', minMs: 1, maxMs: 2, distribution: 'uniform' } as const;

/** Node 2 does not vote, so that whatever is done to it changes nothing else. */
const commands: readonly Command[] = [
  { type: 'stop-cluster' },
  { type: 'heal-all' },
  { type: 'append', node: 0, entries: ['early'] },
  { type: 'start-cluster', nodes: 3, voters: 4 },
  { type: 'start-cluster', nodes: 3, seed: 5 },
  { type: 'append', node: 0, entries: ['of three'] },
  { type: 'start-cluster', nodes: 3, voters: 2, fresh: true, rulesOff: ['pre-vote'] },
  { type: 'start-node', node: 1 },
  { type: 'start-node', node: 7 },
  { type: 'append', node: 1, entries: ['first', new Uint8Array([1, 2])] },
  { type: 'index-range', node: 0, startIndex: 1, endIndex: 9 },
  { type: 'index-range', node: 0, startIndex: 9, endIndex: 1 },
  { type: 'append', node: 0, entries: ['second'], expect: { prevLogIndex: 0, prevLogTerm: 0 } },
  { type: 'cut-link', link: { from: 2, to: 2 } },
  { type: 'cut-link', link: { from: 2, to: 0 } },
  { type: 'cut-link', link: { from: 2, to: 0 } },
  { type: 'heal-link', link: { from: 2, to: 0 } },
  { type: 'set-fault', rule: { ...rule, id: 'cut 0→1' } },
  { type: 'set-fault', rule },
  { type: 'set-fault', rule },
  { type: 'clear-fault', faultRule: 'early' },
  { type: 'clear-fault', faultRule: 'late' },
  { type: 'partition', groups: [[0, 1]] },
  { type: 'partition', groups: [[0, 9]] },
  { type: 'heal-all' },
  { type: 'set-disk', node: 2, disk: slow },
  { type: 'set-disk', node: 2, disk: { kind: 'full', freeBytes: 1_000_000 } },
  { type: 'set-clock-rate', node: 2, partsPerMillion: 20_000 },
  { type: 'jump-clock', node: 2, byMs: 5 },
  { type: 'pause-node', node: 2 },
  { type: 'pause-node', node: 2 },
  { type: 'heal-all' },
  { type: 'pause-node', node: 2 },
  { type: 'stop-node', node: 2 },
  { type: 'stop-node', node: 2 },
  { type: 'pause-node', node: 2 },
  { type: 'jump-clock', node: 2, byMs: 5 },
  { type: 'cut-power', node: 2 },
  { type: 'index-range', node: 2, startIndex: 1, endIndex: 2 },
  { type: 'start-node', node: 2 },
  { type: 'crash-node', node: 2 },
  { type: 'crash-node', node: 2 },
  { type: 'start-node', node: 2 },
  { type: 'cut-power', node: 2 },
  { type: 'wipe-node', node: 2 },
  { type: 'start-node', node: 2 },
  { type: 'set-retention', retainEntries: 100 },
  { type: 'transfer-leadership', to: 9 },
  { type: 'change-membership', voters: [0, 0], learners: [] },
  { type: 'set-rules', rulesOff: [] },
  { type: 'stop-workload' },
  { type: 'stop-cluster' },
];

/** What the labs themselves report, but for names, numbers and times of each. */
function wordOf(event: LabEvent): string[] {
  if (event.node >= 0 || event.type === 'node-fault-acted' || event.type === 'ports-moved') return [];
  switch (event.type) {
    case 'node-ended':
      return [`node-ended ${event.target} ${event.cause}`];
    case 'node-launched':
      return [`node-launched ${event.target}`];
    case 'node-fault':
      return [`${event.fault} ${event.faultRule}: ${event.fault === 'wipe' ? '' : event.reason}`];
    case 'command-refused':
      return [`${event.command}: ${event.failure.code} ${event.failure.message}`];
    case 'request-sent':
      return [JSON.stringify(event.request)];
    case 'request-answered':
      return [`${event.outcome.kind} ${Object.keys(event.outcome).toSorted().join(' ')}`];
    case 'cluster-started':
      return [`cluster-started ${event.members.length}`];
    default:
      return [event.type];
  }
}

/** Elections take as many tries as they take: places in the log are each lab's own. */
function answerOf(result: Result<unknown>): string {
  if (!result.ok) {
    return `${result.failure.code}: ${result.failure.message.replace(/\d+ \(term \d+\)/, 'so many (term of its own)')}`;
  }
  return `good: ${Object.keys(result.value ?? {})
    .toSorted()
    .join(' ')}`;
}

/** Nodes that are stopped together end in any order. */
function wordsOf(events: readonly LabEvent[]): string[] {
  const words = events.flatMap(wordOf);
  const isEnd = (word: string | undefined): boolean => word?.startsWith('node-ended') === true;
  for (let from = 0; from < words.length; from++) {
    let to = from;
    while (isEnd(words[to])) to += 1;
    if (to > from) words.splice(from, to - from, ...words.slice(from, to).toSorted());
  }
  return words;
}

interface Account {
  readonly answers: string[];
  readonly words: string[];
}

async function realAccount(real: RealLab, known: readonly Command[]): Promise<Account> {
  const answers: string[] = [];
  for (const command of known) answers.push(`${command.type} ${answerOf(await real.lab.execute(command))}`);
  return { answers, words: wordsOf(real.events) };
}

function simulatedAccount(known: readonly Command[]): Account {
  const driven = new DrivenLab();
  const answers = known.map((command) => `${command.type} ${answerOf(driven.ask(command))}`);
  return { answers, words: wordsOf(driven.events) };
}

describe('the two labs', () => {
  it('answer the same commands in the same words, and tell the same', async () => {
    const known = await knownTo(labs.make());
    const [real, simulated] = [await realAccount(labs.make(), known), simulatedAccount(known)];
    expect(simulated.answers).toEqual(real.answers);
    expect(simulated.words).toEqual(real.words);
  });

  it('have the same kinds of events of a cluster that elects, commits and reads', async () => {
    const real = await labs.start(3);
    const driven = new DrivenLab();
    driven.do({ type: 'start-cluster', nodes: 3 });
    const leader = await real.leader();
    await real.lab.execute({ type: 'append', node: leader, entries: ['a'] });
    driven.append(driven.leader(), 'a');
    const kindsOf = (events: readonly LabEvent[]): Set<string> =>
      new Set(events.flatMap(({ type }) => (always.has(type) ? [type] : [])));
    await expect.poll(() => kindsOf(real.events)).toEqual(always);
    driven.until(() => kindsOf(driven.events).size === always.size);
  });
});

const always = new Set<string>([
  'cluster-started',
  'node-launched',
  'node-started',
  'timer-set',
  'role-changed',
  'term-changed',
  'vote-granted',
  'leader-known',
  'datagram-sent',
  'datagram-received',
  'entries-appended',
  'entries-persisted',
  'commit-advanced',
  'entries-applied',
  'follower-progress',
  'request-sent',
  'request-answered',
]);
