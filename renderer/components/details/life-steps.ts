/** What happened to an entry, a step each: who did what, in a few words. */
import { nanosecondsPerMillisecond } from '../../../shared/duration.ts';
import type { LabEvent } from '../../../shared/event.ts';
import { logTextOf, splitRuleTag, subjectOf } from '../../../shared/projection/log-line.ts';
import { millisecondsText } from '../../../shared/projection/log-line-words.ts';
import type { PlacedEvent } from '../../../shared/query.ts';
import { text } from '../../text/details.ts';

export type StepTone = 'plain' | 'done' | 'bad' | 'waiting';

export interface Step {
  readonly position: number;
  readonly timeNs: number;
  /** Whose doing it was; `labSourceId` for the lab. */
  readonly node: number;
  readonly words: string;
  readonly tone: StepTone;
}

export function stepOf({ position, event }: PlacedEvent): Step {
  return { position, timeNs: event.timeNs, node: subjectOf(event), ...saying(event) };
}

function saying(event: LabEvent): Pick<Step, 'words' | 'tone'> {
  switch (event.type) {
    case 'request-sent':
      return { words: text.asked(event.requestId), tone: 'plain' };
    case 'request-answered': {
      const { kind } = event.outcome;
      const latency = millisecondsText(event.latencyNs);
      return kind === 'failed'
        ? { words: text.askedInVain(event.requestId, event.outcome.code), tone: 'bad' }
        : { words: text.answered(event.requestId, latency), tone: 'done' };
    }
    case 'entries-appended':
      return {
        words: event.reason === 'from the leader' ? text.taken : text.proposed(event.term, event.reason),
        tone: 'plain',
      };
    case 'entries-persisted':
      return { words: text.onDisk(millisecondsText(event.flushNs)), tone: 'plain' };
    case 'commit-advanced':
      return event.rule
        ? { words: text.committedBy(event.reason), tone: 'done' }
        : { words: text.learnedCommit, tone: 'plain' };
    case 'entries-applied':
      return { words: text.applied, tone: 'plain' };
    case 'entries-truncated':
      return { words: text.removed(event.reason), tone: 'bad' };
    case 'commit-held':
      return { words: text.held(event.reason), tone: 'waiting' };
    case 'datagram-sent':
      return { words: text.sentTo(event.to), tone: 'plain' };
    case 'datagram-received':
      return { words: text.arrivedFrom(event.from), tone: 'plain' };
    case 'follower-progress':
      return { words: text.knownAt(event.follower), tone: 'plain' };
    case 'snapshot-saved':
      return { words: text.inSnapshot(event.lastIncludedIndex), tone: 'plain' };
    case 'log-compacted':
      return { words: text.compacted, tone: 'plain' };
    case 'node-started':
      return { words: text.lostAtStart, tone: 'bad' };
    default:
      return { words: splitRuleTag(logTextOf(event)).sentence, tone: 'plain' };
  }
}

/**
 * Steps by time: on a machine that lags an event may stand in the stream behind what it led to. What is said again of the same node
 * (an entry that is sent until it arrives) stands there once, with how often.
 */
export function stepsOf(life: readonly PlacedEvent[]): readonly Step[] {
  const byWords = new Map<string, Step & { times: number }>();
  const ordered = life.toSorted((left, right) => left.event.timeNs - right.event.timeNs);
  for (const placed of ordered) {
    const step = stepOf(placed);
    const key = `${step.node} ${step.words}`;
    const same = byWords.get(key);
    if (same && isRepeated(placed.event)) same.times += 1;
    else byWords.set(same ? `${key} ${placed.position}` : key, { ...step, times: 1 });
  }
  return [...byWords.values()].map(({ times, ...step }) =>
    times > 1 ? { ...step, words: text.times(step.words, times) } : step,
  );
}

function isRepeated({ type }: LabEvent): boolean {
  return type === 'datagram-sent' || type === 'datagram-received';
}

/** Times since the first step: `+0.84 ms`, `+12.3 s`. */
export function sinceText(timeNs: number, startNs: number): string {
  const ms = (timeNs - startNs) / nanosecondsPerMillisecond;
  if (ms < 10_000) return `+${millisecondsText(timeNs - startNs)}`;
  return `+${(ms / 1_000).toFixed(1)} s`;
}

/** From the proposal to the commit, ns; undefined where one of them is missing. */
export function commitLatencyNs(life: readonly PlacedEvent[]): number | undefined {
  const committed = life.find(({ event }) => event.type === 'commit-advanced');
  const proposed = life.findLast(
    ({ event, position }) =>
      event.type === 'entries-appended' && event.reason !== 'from the leader' && position < (committed?.position ?? 0),
  );
  return committed && proposed ? committed.event.timeNs - proposed.event.timeNs : undefined;
}
