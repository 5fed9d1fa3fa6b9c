/**
 * Real nodes, killed again and again in the midst of their writes (SIGKILL), and started again; a client appends all the while. At the
 * end every append that was answered stands where the answer said, on every node, and nothing stands there twice.
 *
 * A killed process loses nothing that the system has taken, so this is about what a process leaves half done: a write, a
 * segment, an answer. What a power cut takes is tested at the file port.
 */
import { join } from 'node:path';
import type { RangeEntry } from '../../shared/client-request.ts';
import type { NodeId } from '../../shared/ids.ts';
import { drawInteger, drawUnit } from '../../shared/random.ts';
import { required } from '../../shared/assert.ts';
import type { NodeList } from '../node/read-start.ts';
import { NodeProcess } from './node-process.ts';
import { findProblems, isSameLog, readLog, textOf, type Acknowledged } from './told-log.ts';

export interface CrashLoopOptions {
  readonly nodes: NodeList;
  /** Each node has a folder of its own in it. */
  readonly folder: string;
  readonly kills: number;
  /** Appends that are open on each node at a time. */
  readonly outstanding: number;
  readonly seed: number;
  readonly onKill?: (kills: number) => void;
}

export interface CrashReport {
  readonly kills: number;
  /** How often all nodes were dead at once. */
  readonly blackouts: number;
  readonly acknowledged: number;
  /** Appends whose outcome the client was not told. */
  readonly unknown: number;
  /** Of those, the ones that stand in the log. */
  readonly unknownThere: number;
  readonly entries: number;
  /** What does not hold, a sentence each. */
  readonly problems: readonly string[];
}

/** No acknowledgement for so long is a problem of its own, ms. */
const stuckMs = 60_000;

export class CrashLoop {
  readonly #options: CrashLoopOptions;
  readonly #random: { random: number };
  readonly #processes = new Map<NodeId, NodeProcess>();
  readonly #acknowledged = new Map<string, Acknowledged>();
  readonly #unknown = new Set<string>();
  readonly #problems: string[] = [];
  readonly #clients: Promise<void>[] = [];
  #serial = 0;
  #kills = 0;
  #blackouts = 0;
  #isOver = false;
  #onAcknowledged: () => void = () => {};

  constructor(options: CrashLoopOptions) {
    this.#options = options;
    this.#random = { random: options.seed };
  }

  async run(): Promise<CrashReport> {
    const { kills, onKill = () => {} } = this.#options;
    try {
      for (const [id] of this.#options.nodes) await this.#start(id);
      while (this.#kills < kills) {
        await this.#acknowledgements(drawInteger(this.#random, 1, 150));
        // Mostly one; sometimes all, so that the log must be whole without anyone who knows better.
        const all = this.#options.nodes.map(([id]) => id);
        const first = required(all[drawInteger(this.#random, 0, all.length - 1)], 'it is one of them');
        const dying = drawUnit(this.#random) < 0.1 ? all : [first];
        if (dying.length > 1) this.#blackouts += 1;
        await Promise.all(dying.map((id) => this.#kill(id)));
        // Sometimes the others go on without it, and it has to catch up.
        if (dying.length === 1 && drawUnit(this.#random) < 0.5)
          await this.#acknowledgements(drawInteger(this.#random, 1, 60));
        for (const id of dying) await this.#start(id);
        onKill(this.#kills);
      }
      await this.#acknowledgements(1);
      this.#isOver = true;
      await Promise.all(this.#clients);
      return await this.#report();
    } finally {
      this.#isOver = true;
      for (const node of this.#processes.values()) await node.kill();
    }
  }

  async #start(id: NodeId): Promise<void> {
    const { nodes, folder, outstanding } = this.#options;
    const node = await NodeProcess.start({ id, nodes, folder: join(folder, `node-${id}`) });
    this.#processes.set(id, node);
    for (let client = 0; client < outstanding; client += 1) this.#clients.push(this.#append(node));
  }

  async #kill(id: NodeId): Promise<void> {
    const node = required(this.#processes.get(id), `node ${id} runs`);
    this.#processes.delete(id);
    await node.kill();
    this.#kills += 1;
    if (node.whyGaveUp !== undefined) this.#problems.push(`node ${id} gave up: ${node.whyGaveUp}`);
  }

  /** One client: an append after the other, until its node is killed or all is over. */
  async #append(node: NodeProcess): Promise<void> {
    while (!this.#isOver && [...this.#processes.values()].includes(node)) {
      this.#serial += 1;
      const text = `append ${this.#serial}`.padEnd(64, '.');
      const result = await node.append({ entries: [text] });
      if (result.ok) {
        this.#acknowledged.set(text, { index: result.value.firstIndex, term: result.value.term });
        this.#onAcknowledged();
      } else {
        this.#unknown.add(text);
      }
    }
  }

  async #acknowledgements(count: number): Promise<void> {
    let left = count;
    let watch: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve, reject) => {
      watch = setTimeout(() => reject(new Error(`nothing was acknowledged for ${stuckMs} ms`)), stuckMs);
      this.#onAcknowledged = () => {
        left -= 1;
        if (left <= 0) resolve();
      };
    }).finally(() => clearTimeout(watch));
    this.#onAcknowledged = () => {};
  }

  async #report(): Promise<CrashReport> {
    const logs = new Map<NodeId, readonly RangeEntry[]>();
    for (const [id, node] of this.#processes) {
      logs.set(id, await readLog(node));
      if (node.whyGaveUp !== undefined) this.#problems.push(`node ${id} gave up: ${node.whyGaveUp}`);
    }
    for (const [id, log] of logs) this.#problems.push(...findProblems(id, log, this.#acknowledged, this.#unknown));
    const [first = []] = logs.values();
    for (const [id, log] of logs) {
      if (!isSameLog(first, log)) this.#problems.push(`node ${id} holds another log than the first node`);
    }
    const texts = new Set(first.map(textOf));
    return {
      kills: this.#kills,
      blackouts: this.#blackouts,
      acknowledged: this.#acknowledged.size,
      unknown: this.#unknown.size,
      unknownThere: [...this.#unknown].filter((text) => texts.has(text)).length,
      entries: first.length,
      problems: this.#problems,
    };
  }
}
