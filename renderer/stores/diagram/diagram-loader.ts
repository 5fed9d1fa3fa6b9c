/**
 * Loads what is in view, one page after the other, and lets go of what is far away. Where more is in view than can be
 * loaded, it asks for the figures of each second in its place.
 */
import type { SendQuery } from '../../../shared/bridge.ts';
import type { Query } from '../../../shared/query.ts';
import type { SecondFigures } from '../../../shared/projection/second-figures.ts';
import { chunkOf } from './diagram-chunk.ts';
import type { DiagramModel } from './diagram-model.ts';
import { disorderNs, type Anchor, type PositionIndex } from './position-index.ts';

/** `loaded`: every event in view is there; `seconds`: they are too many; `missing`: they can't be had. */
export type Coverage = 'loading' | 'loaded' | 'seconds' | 'missing';

/** Chunks that one view may need. */
const chunksInViewMax = 36;
const chunksKeptMax = 48;
/** Events of one answer: unpacked and sorted in well under a frame or two. */
const pageMax = 2_048;
/** After a query that failed. */
const retryMs = 1_000;

interface Stretch {
  readonly fromNs: number;
  readonly toNs: number;
}

export interface LoaderSurroundings {
  readonly model: DiagramModel;
  readonly positions: PositionIndex;
  readonly query: SendQuery;
  /** Positions that there are, the second one excluded. */
  held(): { readonly first: number; readonly end: number; readonly endNs: number };
  /** Called when what is covered has changed. */
  onCoverage(coverage: Coverage): void;
  nowMs(): number;
}

type Step = Extract<Query, { type: 'view-at' | 'events' | 'seconds' }>;

export class DiagramLoader {
  readonly #around: LoaderSurroundings;
  #wanted: Stretch | undefined;
  #isBusy = false;
  #retryAtMs = 0;
  /** Rises when another stream begins: answers about the former one are worth nothing. */
  #stream = 0;
  #seconds: readonly SecondFigures[] = [];
  #secondsOf: Stretch = { fromNs: 0, toNs: 0 };
  coverage: Coverage = 'loading';

  constructor(around: LoaderSurroundings) {
    this.#around = around;
  }

  /** Of the view, while `coverage` is `seconds`. */
  get seconds(): readonly SecondFigures[] {
    return this.#seconds;
  }

  forget(): void {
    this.#stream += 1;
    this.#seconds = [];
    this.#secondsOf = { fromNs: 0, toNs: 0 };
    this.#retryAtMs = 0;
  }

  /** From now on this is in view. To be called whenever that, or the stream, has changed; cheap when nothing is missing. */
  see(fromNs: number, toNs: number): void {
    this.#wanted = { fromNs, toNs };
    if (!this.#isBusy && this.#around.nowMs() >= this.#retryAtMs) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isBusy = true;
    for (let step = this.#next(); step !== undefined; step = this.#next()) {
      if (await this.#take(step)) continue;
      this.#retryAtMs = this.#around.nowMs() + retryMs;
      this.#cover('missing');
      break;
    }
    this.#isBusy = false;
  }

  #cover(coverage: Coverage): void {
    if (coverage === this.coverage) return;
    this.coverage = coverage;
    this.#around.onCoverage(coverage);
  }

  /** What to ask for next; undefined when everything in view is there. */
  #next(): Step | undefined {
    if (!this.#wanted) return undefined;
    const { first, end } = this.#around.held();
    const { fromNs, toNs } = this.#wanted;
    const quantumNs = (toNs - fromNs) / 50;
    const from = this.#anchor(fromNs - disorderNs, 'before', quantumNs);
    const to = this.#anchor(toNs + disorderNs, 'after', quantumNs);
    if ('type' in from) return from;
    if ('type' in to) return to;
    const firstChunk = chunkOf(Math.max(first, from.position));
    const lastChunk = chunkOf(Math.max(first, Math.min(end, to.position) - 1));
    this.#around.model.forgetBeyond(firstChunk, lastChunk, chunksKeptMax);
    if (lastChunk - firstChunk >= chunksInViewMax) return this.#nextSeconds(this.#wanted);
    for (let number = lastChunk; number >= firstChunk; number -= 1) {
      const missing = this.#around.model.missingOf(number, end);
      if (!missing || missing.to <= first) continue;
      this.#cover('loading');
      const start = Math.max(missing.from, first);
      return { type: 'events', from: start, to: missing.to, limit: Math.min(pageMax, missing.to - start) };
    }
    this.#cover('loaded');
    return undefined;
  }

  /** An anchor near enough to a time, or the question that gives one. What moves on by less than `quantumNs` asks nothing new. */
  #anchor(timeNs: number, side: 'before' | 'after', quantumNs: number): Anchor | Step {
    const { positions } = this.#around;
    const { first, end, endNs } = this.#around.held();
    const before = positions.before(timeNs) ?? { timeNs: -Infinity, position: first };
    const after = timeNs >= endNs ? undefined : positions.after(timeNs);
    const found = { before, after: after ?? { timeNs: endNs, position: end } };
    const isNear = chunkOf(found.after.position) - chunkOf(before.position) <= 1;
    if (isNear || Math.abs(found[side].timeNs - timeNs) <= quantumNs) return found[side];
    if (timeNs >= endNs && side === 'after') return found.after;
    const rounded = side === 'before' ? Math.floor(timeNs / quantumNs) : Math.ceil(timeNs / quantumNs);
    return { type: 'view-at', at: { timeNs: Math.min(Math.max(0, rounded * quantumNs), endNs) } };
  }

  #nextSeconds({ fromNs, toNs }: Stretch): Step | undefined {
    const span = toNs - fromNs;
    const has = this.#secondsOf;
    // Live, a new second a moment later is soon enough.
    const isCovered = has.fromNs <= Math.max(0, fromNs) && has.toNs >= toNs - Math.max(1e9, span / 200);
    this.#cover(isCovered ? 'seconds' : 'loading');
    if (isCovered) return undefined;
    return { type: 'seconds', fromNs: Math.max(0, fromNs - span / 4), toNs: Math.max(1, toNs) };
  }

  /** @returns whether it was answered */
  async #take(step: Step): Promise<boolean> {
    const stream = this.#stream;
    const { model, positions, query } = this.#around;
    switch (step.type) {
      case 'view-at': {
        const result = await query(step);
        if (!result.ok || !('timeNs' in step.at)) return false;
        if (stream === this.#stream) positions.add(step.at.timeNs, result.value.position);
        return true;
      }
      case 'seconds': {
        const result = await query(step);
        if (!result.ok) return false;
        if (stream !== this.#stream) return true;
        this.#seconds = result.value;
        this.#secondsOf = { fromNs: step.fromNs, toNs: step.toNs };
        model.version += 1;
        return true;
      }
      default: {
        const result = await query(step);
        if (!result.ok) return false;
        const { events, positions: places, next } = result.value;
        if (stream !== this.#stream) return true;
        const [first] = places;
        if (first === undefined || next <= step.from) return false;
        model.put(first, events);
        const last = events.at(-1);
        if (events[0]) positions.add(events[0].timeNs, first);
        if (last) positions.add(last.timeNs, first + events.length);
        return true;
      }
    }
  }
}
