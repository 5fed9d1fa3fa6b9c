/**
 * Makes trouble for a cluster, at random, from a seed: several faults at a time, each with its end, and pauses between. It knows the
 * cluster only as a `LabPort`, so real servers and simulated ones get the same treatment.
 */
import type { CommandType } from '../../shared/command.ts';
import { drawInteger, seedFor } from '../../shared/random.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { LabPort } from '../lab-port.ts';
import { drawEpisode } from './draw-episode.ts';
import type { Episode, EpisodeKind, Stage } from './episode.ts';
import { takeStages, type TakenStages } from './take-stages.ts';

export interface NemesisOptions {
  readonly port: LabPort;
  readonly nodes: readonly NodeId[];
  readonly seed: number;
  /** How long faults and pauses last, against the usual. Default 1. */
  readonly pace?: number;
}

/** How often each kind was done, and how often the lab refused it. */
export type EpisodeCounts = Partial<Record<EpisodeKind, { done: number; refused: number }>>;

const episodesMax = 4;
const pauseMinMs = 50;
const pauseMaxMs = 1_500;
/** Reasons with numbers in them differ each time. */
const refusalsMax = 40;

export class Nemesis {
  readonly counts: EpisodeCounts = {};
  /** Why the lab refused what it was asked for, and how often. */
  readonly refusals: Record<string, number> = {};
  /** What it could not undo, a sentence each. */
  readonly problems: string[] = [];
  readonly #options: NemesisOptions;
  readonly #random: { random: number };
  readonly #pace: number;
  readonly #hurt = new Set<NodeId>();
  readonly #claimed = new Set<string>();
  readonly #bound = new Set<NodeId>();
  /** Those that last, each with what ends it before its time. */
  readonly #lasting = new Map<Episode, () => void>();
  /** Those that are not over. */
  readonly #present = new Set<Episode>();
  #takeBackNext: () => void = () => {};
  #onQuiet: (() => void) | undefined;

  constructor(options: NemesisOptions) {
    this.#options = options;
    this.#pace = options.pace ?? 1;
    this.#random = { random: seedFor(options.seed, 'nemesis') };
  }

  /** The kinds of what goes on at the moment. */
  get present(): readonly EpisodeKind[] {
    return [...this.#present].map(({ kind }) => kind);
  }

  /** Whether the server's disk is in such trouble that it may end itself, or not start. */
  mayGiveUp(node: NodeId): boolean {
    return [...this.#present].some(({ kind, hurts }) => isTroubleOfDisk(kind) && hurts.includes(node));
  }

  begin(): void {
    this.#later();
  }

  /** Ends what goes on, heals everything, starts every server, and then calls `done`. */
  finish(done: () => void): void {
    this.#takeBackNext();
    this.#onQuiet = () => {
      this.#onQuiet = undefined;
      const start: Stage = this.#options.nodes.map((node) => ({
        command: { type: 'start-node', node },
        insists: true,
      }));
      takeStages(this.#options.port, [[{ command: { type: 'heal-all' } }], start], false, ({ failures }) => {
        this.#note(failures.filter(({ step }) => step.insists === true));
        done();
      });
    };
    // What still goes on must not keep what ends from ending.
    this.#options.port.execute({ type: 'heal-all' }, () => {
      for (const end of this.#lasting.values()) end();
      this.#checkQuiet();
    });
  }

  #later(): void {
    const pauseMs = Math.round(this.#pace * drawInteger(this.#random, pauseMinMs, pauseMaxMs));
    this.#takeBackNext = this.#options.port.after(pauseMs, () => {
      if (this.#present.size < episodesMax) this.#next();
      this.#later();
    });
  }

  #next(): void {
    const episode = drawEpisode({
      nodes: this.#options.nodes,
      random: this.#random,
      pace: this.#pace,
      hurt: this.#hurt,
      claimed: this.#claimed,
      bound: this.#bound,
    });
    if (episode) this.#start(episode);
  }

  #start(episode: Episode): void {
    for (const node of episode.hurts) this.#hurt.add(node);
    for (const claim of episode.claims) this.#claimed.add(claim);
    this.#present.add(episode);
    takeStages(this.#options.port, episode.begin, true, ({ failures }) => {
      const began = failures.length === 0;
      this.#count(episode.kind, began);
      for (const { step, failure } of failures) this.#refused(step.command.type, failure.message);
      if (began && !this.#onQuiet) this.#hold(episode);
      else this.#end(episode, began);
    });
  }

  #hold(episode: Episode): void {
    const end = (): void => {
      if (this.#lasting.delete(episode)) this.#end(episode, true);
    };
    const takeBack = this.#options.port.after(episode.holdMs, end);
    this.#lasting.set(episode, () => {
      takeBack();
      end();
    });
  }

  #end(episode: Episode, began: boolean): void {
    takeStages(this.#options.port, episode.end, false, ({ failures }) => {
      const left = failures.filter(({ step }) => step.insists === true);
      this.#note(left);
      if (began && left.length === 0 && episode.binds !== undefined) this.#bound.add(episode.binds);
      for (const node of episode.hurts) this.#hurt.delete(node);
      for (const claim of episode.claims) this.#claimed.delete(claim);
      this.#present.delete(episode);
      this.#checkQuiet();
    });
  }

  #checkQuiet(): void {
    if (this.#present.size === 0) this.#onQuiet?.();
  }

  #count(kind: EpisodeKind, began: boolean): void {
    const counts = (this.counts[kind] ??= { done: 0, refused: 0 });
    if (began) counts.done += 1;
    else counts.refused += 1;
  }

  #refused(command: CommandType, reason: string): void {
    const name = `${command}: ${reason}`;
    if (!(name in this.refusals) && Object.keys(this.refusals).length >= refusalsMax) return;
    this.refusals[name] = (this.refusals[name] ?? 0) + 1;
  }

  #note(failures: TakenStages['failures']): void {
    for (const { step, failure } of failures)
      this.problems.push(`${JSON.stringify(step.command)} could not be carried out: ${failure.message}`);
  }
}

function isTroubleOfDisk(kind: EpisodeKind): boolean {
  return kind === 'full disk' || kind === 'stuck disk' || kind === 'wipe and replace';
}
