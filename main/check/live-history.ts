/**
 * The clients' history, judged as the stream tells of it. What it keeps is bounded, so that it can go on for as long as a lab runs.
 */
import type { EventName } from '../../shared/check-event.ts';
import type { EventOf, LabEvent } from '../../shared/event.ts';
import { isClientId, labSourceId, type NodeId } from '../../shared/ids.ts';
import type { RuleId } from '../../shared/rules.ts';
import type { CheckReport, PromiseVerdict } from '../../shared/verdict.ts';
import type { HistoryViolation } from './contract.ts';
import { DriftLog } from './drift-log.ts';
import { HistoryBook } from './history/history-book.ts';
import { HistoryJudge } from './history/history-judge.ts';
import { liveLimits, type HistoryLimits } from './history/history-limits.ts';
import type { Send } from './history/logical-append.ts';
import type { Party } from './history/party.ts';
import type { AskedRead } from './history/read-judge.ts';
import { appendOutcome, digestsOf, readOutcome } from './history.ts';

export interface LiveHistoryOptions {
  /** The lab's event before the first one that is observed; undefined when that is the lab's first. */
  readonly after?: EventName;
  /** Rules that were passed over, the latest last. */
  readonly waived?: () => readonly RuleId[];
  readonly limits?: HistoryLimits;
  /** Requests without an answer that belong to what was judged before: their answers are passed over. */
  readonly strangers?: ReadonlySet<string>;
  readonly violationsMax?: number;
}

/** As little of an operation as a violation needs to name it. */
interface LiveParty extends Party {
  events: readonly [EventName];
}

interface Asked {
  readonly party: LiveParty;
  readonly asked: Send | AskedRead;
}

const unansweredMax = 100_000;

export class LiveHistory {
  readonly #judge: HistoryJudge;
  readonly #book: HistoryBook;
  readonly #drift = new DriftLog();
  readonly #strangers: ReadonlySet<string>;
  readonly #unanswered = new Map<string, Asked>();
  readonly #started = new Set<NodeId>();
  #latest: Pick<EventName, 'boot' | 'sequence'>;
  #nowNs = 0;

  constructor({ after, waived, limits, strangers, violationsMax = 20 }: LiveHistoryOptions = {}) {
    this.#book = new HistoryBook(violationsMax, waived);
    this.#judge = new HistoryJudge({
      limits: limits ?? liveLimits,
      book: this.#book,
      isDrifting: (fromNs, toNs) => this.#drift.isDrifting(fromNs, toNs),
    });
    this.#latest = after ?? { boot: -1, sequence: 0 };
    this.#strangers = strangers ?? new Set();
  }

  /** How often evidence was lost so far. */
  get losses(): number {
    return this.#book.verdicts.losses;
  }

  /** Of the requests that are waited for. */
  get unanswered(): ReadonlySet<string> {
    return new Set(this.#unanswered.keys());
  }

  /** The next event in merged order. @returns the violations that it shows; mostly none */
  observe(event: LabEvent): readonly HistoryViolation[] {
    if (event.node === labSourceId) this.#observeLab(event);
    else this.#observeNode(event);
    return this.#book.hasViolations ? this.#book.take() : [];
  }

  verdicts(): readonly PromiseVerdict[] {
    return this.#judge.verdicts();
  }

  report(): Pick<CheckReport, 'operations' | 'promiseVoid' | 'judgedUpToNs'> {
    const { appends, reads, unknown, revealed } = this.#judge.counts;
    let judgedUpToNs = this.#nowNs;
    for (const { asked } of this.#unanswered.values()) judgedUpToNs = Math.min(judgedUpToNs, asked.invokedNs);
    return {
      operations: { appends, reads, unknown: Math.max(0, unknown - revealed) },
      promiseVoid: this.#judge.reads.promiseVoid,
      judgedUpToNs,
    };
  }

  #observeNode(event: LabEvent): void {
    if (event.type === 'datagram-received') {
      if (isClientId(event.from)) this.#judge.lose('clients from outside ask as well');
    } else if (event.type === 'node-started') {
      this.#start(event);
    } else if (event.type === 'retention-changed' && event.retainEntries > 0) {
      this.#judge.reads.mayBeCompacted = true;
    }
  }

  /** What a server had in its log before this stream began is not judged: nobody of this lab has asked for it. */
  #start({ node, lastIndex, snapshot }: EventOf<'node-started'>): void {
    if (snapshot.lastIncludedIndex > 0) this.#judge.reads.mayBeCompacted = true;
    if (this.#started.has(node)) return;
    this.#started.add(node);
    this.#judge.baseIndex = Math.max(this.#judge.baseIndex, lastIndex);
  }

  #observeLab(event: LabEvent): void {
    const { boot, sequence, timeNs } = event;
    const follows = boot === this.#latest.boot ? sequence === this.#latest.sequence + 1 : sequence === 1;
    if (!follows) this.#judge.lose('events of the lab are missing');
    this.#latest = { boot, sequence };
    this.#nowNs = timeNs;
    if (event.type === 'request-sent') this.#ask(event);
    else if (event.type === 'request-answered') this.#answer(event);
    else if (event.type === 'node-fault') this.#fault(event);
    else if (event.type === 'cluster-started') this.#drift.setTimings(event.timings);
  }

  #fault(event: EventOf<'node-fault'>): void {
    this.#drift.forgetBefore(this.report().judgedUpToNs);
    this.#drift.observe(event);
  }

  #ask(event: EventOf<'request-sent'>): void {
    const { requestId, client, request, timeNs } = event;
    if (this.#unanswered.size >= unansweredMax) return this.#judge.lose('too many requests wait for their answers');
    const base = { requestId, ...(client !== undefined && { client }), events: [nameOf(event)] as const };
    if (request.kind === 'append') {
      const party: LiveParty = { kind: 'append', ...base };
      if (!request.digests) this.#judge.lose('what requests carried is not in the stream');
      const asked = this.#judge.appends.ask(party, { ...request, digests: digestsOf(request) }, timeNs);
      this.#unanswered.set(requestId, { party, asked });
    } else {
      const { startIndex, endIndex, read: mode } = request;
      const party: LiveParty = { kind: 'read', mode, ...base };
      const asked = this.#judge.askRead(party, { mode, startIndex, endIndex }, timeNs);
      this.#unanswered.set(requestId, { party, asked });
    }
    return undefined;
  }

  #answer(event: EventOf<'request-answered'>): void {
    const { requestId, timeNs } = event;
    const known = this.#unanswered.get(requestId);
    if (!known) {
      if (!this.#strangers.has(requestId)) this.#judge.lose('an answer came of which the request is missing');
      return;
    }
    this.#unanswered.delete(requestId);
    const { party, asked } = known;
    party.events = [nameOf(event)];
    if ('append' in asked) this.#judge.appends.answer(asked, appendOutcome(event), timeNs);
    else this.#judge.reads.answer(asked, readOutcome(event), timeNs);
  }
}

function nameOf({ node, boot, sequence }: EventName): EventName {
  return { node, boot, sequence };
}
