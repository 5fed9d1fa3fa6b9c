/** Which lines a list shows: by level for each server and target, by server, by text. */
import { labSourceId, type NodeId } from '../../shared/ids.ts';
import { gapLevel, levelCodeOf, type LogChunk } from './log-chunk.ts';
import { encodeExpression } from './line-signs.ts';
import { levelRank, logTargets, type LogTarget } from '../../shared/projection/log-line.ts';
import type { LogThreshold } from '../../shared/log-directives.ts';

/** What is wanted of each target; for servers of their own kind, something else. */
export interface LineLevels {
  readonly all: Readonly<Record<LogTarget, LogThreshold>>;
  readonly of: Readonly<Record<NodeId, Partial<Record<LogTarget, LogThreshold>>>>;
}

export interface LineCriteria {
  readonly levels: LineLevels;
  /** Only lines about this server (`labSourceId` for the lab's own); null for all. */
  readonly node: NodeId | null;
  /** Null lets every text through. */
  readonly expression: RegExp | null;
}

/** No level is at or below it. */
const off = -1;

export class LineFilter {
  readonly #node: NodeId | null;
  readonly #all: readonly number[];
  readonly #of = new Map<NodeId, readonly number[]>();
  readonly #highest: number;
  readonly #text: TextTest | null;

  constructor({ levels, node, expression }: LineCriteria) {
    this.#node = node;
    this.#all = logTargets.map((target) => rankOf(levels.all[target]));
    for (const [id, own] of Object.entries(levels.of)) {
      this.#of.set(
        Number(id),
        logTargets.map((target) => rankOf(own[target] ?? levels.all[target])),
      );
    }
    this.#highest = Math.max(...this.#all, ...[...this.#of.values()].flat());
    this.#text = expression && new TextTest(expression);
  }

  /** True when the text does not matter. */
  get takesAllTexts(): boolean {
    return this.#text === null;
  }

  /** Cheapest test first. A gap is shown wherever a line may be missing. */
  passes(chunk: LogChunk, at: number): boolean {
    const level = chunk.levels[at] ?? gapLevel;
    if (level === gapLevel) return this.#passesGap(chunk, at);
    const subject = chunk.subjects[at] ?? labSourceId;
    if (this.#node !== null && subject !== this.#node) return false;
    const ranks = this.#of.size === 0 ? this.#all : (this.#of.get(subject) ?? this.#all);
    if (level > (ranks[chunk.targets[at] ?? 0] ?? off)) return false;
    return this.#text === null || this.#text.matches(chunk, at);
  }

  #passesGap(chunk: LogChunk, at: number): boolean {
    const gap = chunk.gapAt(at);
    return gap?.level === 'warn' || levelCodeOf('debug') <= this.#highest;
  }
}

/** An expression, on lines as they are kept. */
export class TextTest {
  readonly #plain: RegExp;
  /** Null where lines must be decoded first. */
  readonly #encoded: RegExp | null;

  constructor(expression: RegExp) {
    this.#plain = expression;
    this.#encoded = encodeExpression(expression);
  }

  matches(chunk: LogChunk, at: number): boolean {
    if (this.#encoded === null || chunk.isOddAt(at)) return this.#plain.test(chunk.textAt(at));
    return this.#encoded.test(chunk.encodedAt(at));
  }
}

function rankOf(threshold: LogThreshold): number {
  return threshold === 'off' ? off : levelRank(threshold);
}
