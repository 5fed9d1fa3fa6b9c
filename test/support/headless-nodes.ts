/** `raft-lab node`, built: a cluster of processes. */
import { join } from 'node:path';
import type { NodeId } from '../../shared/ids.ts';
import { runCli, startCli, type CliProcess } from './cli-process.ts';
import { until } from './until.ts';

/** It only ends a test that would hang, ms. */
const startBoundMs = 30_000;

export interface HeadlessPlace {
  readonly id: NodeId;
  /** `HOST:PORT` */
  readonly address: string;
  /** A program with its words that runs the node there, and the clients that ask it. */
  readonly within?: readonly string[];
}

export interface HeadlessOptions {
  readonly places: readonly HeadlessPlace[];
  /** Holds a folder for each node. */
  readonly folder: string;
  readonly words?: readonly string[];
}

export class HeadlessNodes {
  readonly places: readonly HeadlessPlace[];
  readonly #options: HeadlessOptions;
  readonly #running = new Map<NodeId, CliProcess>();

  constructor(options: HeadlessOptions) {
    this.places = options.places;
    this.#options = options;
  }

  /** Starts those that do not run, and waits until they listen. */
  async start(): Promise<void> {
    await Promise.all(this.places.map(({ id }) => this.startOne(id)));
  }

  /** @param words more of them, which come last */
  async startOne(id: NodeId, words: readonly string[] = []): Promise<CliProcess> {
    const process = startCli([...this.wordsOf(id), ...words], {}, this.#placeOf(id).within);
    this.#running.set(id, process);
    const hasBegun = (): boolean => process.output().includes(`Node ${id} listens at ${this.#placeOf(id).address}`);
    await until(() => hasBegun() || process.child.exitCode !== null, `Node ${id}`, startBoundMs);
    if (!hasBegun()) throw new Error(`node ${id} did not start: ${process.output()}`);
    return process;
  }

  /** The words that start a node. */
  wordsOf(id: NodeId): readonly string[] {
    const peers = this.places.map((place) => `${place.id}=${place.address}`).join(',');
    const own = ['--id', `${id}`, '--listen', this.#placeOf(id).address, '--data', this.folderOf(id)];
    return ['node', ...own, '--peers', peers, ...(this.#options.words ?? [])];
  }

  folderOf(id: NodeId): string {
    return join(this.#options.folder, `node-${id}`);
  }

  /** What the node has logged so far. */
  logOf(id: NodeId): string {
    return this.#running.get(id)?.errors() ?? '';
  }

  /** @returns its exit code */
  async stop(id: NodeId, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const process = this.#running.get(id);
    this.#running.delete(id);
    process?.child.kill(signal);
    return (await process?.exited) ?? null;
  }

  /** Ends all of them, however they are. */
  async end(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((id) => this.stop(id, 'SIGKILL')));
  }

  /** A client's command through this node, from where it is. */
  async ask(id: NodeId, command: 'append' | 'range', ...words: readonly string[]): ReturnType<typeof runCli> {
    const { address, within = [] } = this.#placeOf(id);
    return runCli([command, '--to', address, '--timeout', '30', ...words], { within });
  }

  /** What the log holds, as this node knows it: the texts of `range`. */
  async texts(id: NodeId, ...words: readonly string[]): Promise<string[]> {
    const { output } = await this.ask(id, 'range', '1', '100000', '--json', ...words);
    const lines = output.trimEnd().split('\n');
    return lines.slice(0, -1).map((line) => (JSON.parse(line) as { text: string }).text);
  }

  #placeOf(id: NodeId): HeadlessPlace {
    const place = this.places.find((one) => one.id === id);
    if (place === undefined) throw new Error(`there is no node ${id}`);
    return place;
  }
}
