/**
 * A server of the built library in a process of its own, which can be killed as a crash would.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AppendAnswer, RangeAnswer } from '../../shared/client-request.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { Failure, Result } from '../../shared/result.ts';
import type { NodeList } from '../node/read-start.ts';
import type { FromProcess, Order, OrderAnswer } from './process-messages.ts';

/** Of the sources here as of the programs in out/tools: both lie two levels down. */
const root = join(import.meta.dirname, '..', '..');

type WithoutNumber<Each> = Each extends Order ? Omit<Each, 'number'> : never;
type OrderOf<Type extends Order['type']> = Omit<Extract<Order, { readonly type: Type }>, 'type' | 'number'>;

const isGone: Failure = { code: 'timed-out', message: 'The process ended before it answered.' };

export class NodeProcess {
  /** Why its server gave up; undefined while it has not. */
  whyGaveUp: string | undefined;
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  readonly #waiting = new Map<number, (result: Result<OrderAnswer>) => void>();
  #orders = 0;
  /** Of the server's process, which `words` may have put behind another one. */
  #pid: number | undefined;
  #isGone = false;

  private constructor(words: readonly string[]) {
    const own = [process.execPath, join(root, 'scripts/library-node.mjs')] as const;
    const [command, ...more] = [...words, ...own];
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const;
    this.#child = spawn(command ?? own[0], more, { stdio: [...stdio], serialization: 'advanced' });
    this.#exited = once(this.#child, 'close');
    this.#child.on('message', (message: FromProcess) => this.#onMessage(message));
    this.#child.on('close', () => this.#onGone());
    // What is told to a process that has just been killed.
    this.#child.on('error', () => {});
  }

  /**
   * Settles when the server listens.
   * @param words a program that runs the process, such as strace with its options
   * @throws Error (rejects) when it can't start.
   */
  static async start(start: OrderOf<'start'>, words: readonly string[] = []): Promise<NodeProcess> {
    if (!existsSync(join(root, 'out', 'main', 'library.mjs')))
      throw new Error('out/main is missing: run npm run build first');
    const node = new NodeProcess(words);
    const result = await node.#order({ type: 'start', ...start });
    if (result.ok) {
      if (result.value && 'pid' in result.value) node.#pid = result.value.pid;
      return node;
    }
    await node.kill();
    throw new Error(`node ${start.id} did not start: ${result.failure.message}`);
  }

  async append(request: OrderOf<'append'>['request']): Promise<Result<AppendAnswer>> {
    return (await this.#order({ type: 'append', request })) as Result<AppendAnswer>;
  }

  async indexRange(request: OrderOf<'indexRange'>['request']): Promise<Result<RangeAnswer>> {
    return (await this.#order({ type: 'indexRange', request })) as Result<RangeAnswer>;
  }

  /** SIGKILL, wherever it stands. Settles when the process is gone. */
  async kill(): Promise<void> {
    if (this.#pid === undefined) this.#child.kill('SIGKILL');
    else if (!this.#isGone) process.kill(this.#pid, 'SIGKILL');
    await this.#exited;
  }

  /** Closes the server and ends the process. */
  async close(): Promise<void> {
    await this.#order({ type: 'close' });
    await this.#exited;
  }

  async #order(order: WithoutNumber<Order>): Promise<Result<OrderAnswer>> {
    return await new Promise((resolve) => {
      if (!this.#child.connected) return resolve({ ok: false, failure: isGone });
      this.#orders += 1;
      this.#waiting.set(this.#orders, resolve);
      return this.#child.send({ ...order, number: this.#orders }, () => {});
    });
  }

  #onMessage(message: FromProcess): void {
    if (message.type === 'gave-up') {
      this.whyGaveUp ??= message.reason;
      return;
    }
    const result: Result<OrderAnswer> = message.ok ? { ok: true, value: message.value } : message;
    this.#waiting.get(message.number)?.(result);
    this.#waiting.delete(message.number);
  }

  #onGone(): void {
    this.#isGone = true;
    for (const resolve of this.#waiting.values()) resolve({ ok: false, failure: isGone });
    this.#waiting.clear();
  }
}

/** The servers of a cluster: consecutive ports of this machine. */
export function nodeListAt(basePort: number, count: number): NodeList {
  return Array.from({ length: count }, (_, id: NodeId) => [id, `127.0.0.1:${basePort + id}`] as const);
}
