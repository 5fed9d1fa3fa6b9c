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

  get milliseconds(): number {
    return Math.round(this.#longestNs / nanosecondsPerMillisecond);
  }
}

export class SoakFigures {
  readonly operations = { appends: 0, reads: 0, failed: 0, unknown: 0 };
  /** Requests that wait for their answer. */
  open = 0;
  elections = 0;
  events = 0;
  /** Datagrams that fault rules dropped, delayed, damaged …, and what disks did late or not at all. */
  readonly faultActs: Record<string, number> = {};
  /** Who says that it leads, an isolated one included. */
  readonly #leaders = new Set<NodeId>();
  readonly #leaderless = new LongestSpan();
  readonly #unserved = new LongestSpan();

  /** @param nowNs from here on a leader and answers are missed */
  begin(nowNs: number): void {
    this.#unserved.begin(nowNs);
    if (this.#leaders.size === 0) this.#leaderless.begin(nowNs);
  }

  observe(event: LabEvent): void {
    this.events += 1;
    switch (event.type) {
      case 'request-sent':
        this.open += 1;
        return;
      case 'request-answered':
        this.open -= 1;
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

  /** Answered appends count as service: whoever answers those has a majority. */
  get worstWithoutAppendMs(): number {
    return this.#unserved.milliseconds;
  }

  get worstWithoutLeaderMs(): number {
    return this.#leaderless.milliseconds;
  }

  #answered({ outcome, timeNs }: EventOf<'request-answered'>): void {
    if (outcome.kind === 'appended') {
      this.operations.appends += 1;
      this.#unserved.end(timeNs);
      this.#unserved.begin(timeNs);
    } else if (outcome.kind === 'range') {
      this.operations.reads += 1;
    } else if (outcome.outcomeKnown) {
      this.operations.failed += 1;
    } else {
      this.operations.unknown += 1;
    }
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
