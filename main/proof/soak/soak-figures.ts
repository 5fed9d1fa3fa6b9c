/** What a stretch of trouble was like, as a fold over the stream. */
import { nanosecondsPerMillisecond } from '../../../shared/duration.ts';
import type { EventOf, LabEvent } from '../../../shared/event.ts';
import { labSourceId, type NodeId } from '../../../shared/ids.ts';

/** The longest span between two moments. */
class LongestSpan {
  #sinceNs: number | undefined;
  #longestNs = 0;

  begin(nowNs: number): void {
    this.#sinceNs ??= nowNs;
  }

  end(nowNs: number): void {
    if (this.#sinceNs !== undefined) this.#longestNs = Math.max(this.#longestNs, nowNs - this.#sinceNs);
    this.#sinceNs = undefined;
  }

  /** It ends, and another one begins. */
  next(nowNs: number): void {
    this.end(nowNs);
    this.begin(nowNs);
  }

  get milliseconds(): number {
    return Math.round(this.#longestNs / nanosecondsPerMillisecond);
  }
}

/** What became of requests of one kind. */
interface Outcomes {
  answered: number;
  /** Certainly without effect. */
  failed: number;
  unknown: number;
}

type OperationKind = 'append' | 'linearizable' | 'lease' | 'local';

export class SoakFigures {
  /** Appends, and reads by their mode. */
  readonly operations: Record<OperationKind, Outcomes> = {
    append: { answered: 0, failed: 0, unknown: 0 },
    linearizable: { answered: 0, failed: 0, unknown: 0 },
    lease: { answered: 0, failed: 0, unknown: 0 },
    local: { answered: 0, failed: 0, unknown: 0 },
  };
  elections = 0;
  events = 0;
  /** Datagrams that fault rules dropped, delayed, damaged …, and what disks did late or not at all. */
  readonly faultActs: Record<string, number> = {};
  /** Who says that it leads, an isolated one included. */
  readonly #leaders = new Set<NodeId>();
  readonly #leaderless = new LongestSpan();
  readonly #unanswered = new LongestSpan();
  readonly #unserved = new LongestSpan();
  /** Requests that wait for their answer. */
  readonly #open = new Map<string, OperationKind>();

  /** How many requests wait for their answer. */
  get open(): number {
    return this.#open.size;
  }

  /** @param nowNs from here on a leader and answers are missed */
  begin(nowNs: number): void {
    this.#unserved.begin(nowNs);
    this.#unanswered.begin(nowNs);
    if (this.#leaders.size === 0) this.#leaderless.begin(nowNs);
  }

  observe(event: LabEvent): void {
    this.events += 1;
    switch (event.type) {
      case 'request-sent':
        this.#open.set(event.requestId, event.request.kind === 'append' ? 'append' : event.request.read);
        return;
      case 'request-answered':
        return this.#answered(event);
      case 'role-changed':
        if (event.to === 'leader') this.#elected(event);
        else if (event.from === 'leader') this.#lost(event.node, event.timeNs);
        return;
      case 'node-started':
        return this.#lost(event.node, event.timeNs);
      case 'node-ended':
        return this.#lost(event.target, event.timeNs);
      case 'datagram-dropped':
        return this.#act('dropped');
      case 'datagram-faulted':
      case 'node-fault-acted':
        return this.#act(event.act);
      default:
    }
  }

  /** Between two requests of any kind that were answered well. */
  get worstWithoutAnswerMs(): number {
    return this.#unanswered.milliseconds;
  }

  /** Between two appends that were answered well: that takes a majority. */
  get worstWithoutAppendMs(): number {
    return this.#unserved.milliseconds;
  }

  get worstWithoutLeaderMs(): number {
    return this.#leaderless.milliseconds;
  }

  #answered({ requestId, outcome, timeNs }: EventOf<'request-answered'>): void {
    const kind = this.#open.get(requestId);
    if (kind === undefined) return;
    this.#open.delete(requestId);
    const outcomes = this.operations[kind];
    if (outcome.kind === 'failed') {
      if (outcome.outcomeKnown) outcomes.failed += 1;
      else outcomes.unknown += 1;
      return;
    }
    outcomes.answered += 1;
    this.#unanswered.next(timeNs);
    if (kind === 'append') this.#unserved.next(timeNs);
  }

  #elected({ node, timeNs }: EventOf<'role-changed'>): void {
    this.elections += 1;
    this.#leaders.add(node);
    this.#leaderless.end(timeNs);
  }

  #lost(node: NodeId, nowNs: number): void {
    if (node === labSourceId || !this.#leaders.delete(node)) return;
    if (this.#leaders.size === 0) this.#leaderless.begin(nowNs);
  }

  #act(name: string): void {
    this.faultActs[name] = (this.faultActs[name] ?? 0) + 1;
  }
}
