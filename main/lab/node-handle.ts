/**
 * One life of one node, as the lab holds it: its worker thread from launch to end. A restart is a new handle.
 *
 * The end is always noticed: asked for, killed, given up by the node, or a thread that died by itself. `ended` resolves
 * only when the thread is gone, so that its port and the lock of its folder are free again.
 */
import type { Worker } from 'node:worker_threads';
import type { ClientAnswer, ClientRequest } from '../../shared/client-request.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { NodeId } from '../../shared/ids.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import type { FromNode, ToNode } from '../node/worker-messages.ts';
import { deferred } from './deferred.ts';
import type { NodeBounds, NodeEnd, NodeHandleOptions, NodeLaunch, NodeState } from './node-life.ts';
import { WaitingRequests } from './waiting-requests.ts';

export const nodeBounds: NodeBounds = { startMs: 15_000, stopMs: 3_000, killMs: 3_000, answerMarginMs: 1_000 };

export class NodeHandle {
  readonly id: NodeId;
  #state: NodeState = 'starting';
  readonly #options: NodeHandleOptions;
  readonly #bounds: NodeBounds;
  readonly #waiting = new WaitingRequests();
  readonly #launched = deferred<NodeLaunch>();
  readonly #ended = deferred<NodeEnd>();
  readonly #thread: Worker | undefined;
  /** How this life will have ended, as soon as that is known; the first reason counts. */
  #end: NodeEnd | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: NodeHandleOptions) {
    this.#options = options;
    this.#bounds = options.bounds ?? nodeBounds;
    this.id = options.node.id;
    this.#thread = this.#spawn();
  }

  get state(): NodeState {
    return this.#state;
  }

  /** Settles when the node is ready, or has ended before it was. */
  get launched(): Promise<NodeLaunch> {
    return this.#launched.promise;
  }

  /** Settles when the thread is gone. */
  get ended(): Promise<NodeEnd> {
    return this.#ended.promise;
  }

  /** Whether a request would be sent: the node is running and has room for one more. */
  takesRequests(): Result<null> {
    if (this.#state === 'starting')
      return fail('not-running', `Node ${this.id} is still starting. Try again in a moment.`);
    if (this.#state !== 'running')
      return fail('not-running', `Node ${this.id} is not running. Start it, or ask another node.`);
    if (this.#waiting.size < limits.waitingRequestsMax) return succeed(null);
    return fail(
      'overloaded',
      `Node ${this.id} has ${limits.waitingRequestsMax} requests waiting. Ask again when some are answered.`,
    );
  }

  /**
   * Asks the node. `not-running` when it does not take requests; `timed-out` when it is silent past the deadline or
   * ends while at work.
   */
  request(
    requestId: string,
    request: ClientRequest,
    timeoutMs: number,
    lamport: number,
  ): Promise<Result<ClientAnswer>> {
    const taken = this.takesRequests();
    if (!taken.ok) return Promise.resolve(taken);
    const silence = `Node ${this.id} did not answer within ${timeoutMs} ms. Whether the request took effect is unknown.`;
    const answer = this.#waiting.wait(requestId, timeoutMs + this.#bounds.answerMarginMs, silence);
    this.#post({ type: 'request', requestId, request, timeoutMs, lamport });
    return answer;
  }

  /** Other faults or rules of Raft from now on. */
  set(settings: Extract<ToNode, { type: 'fault-rules' | 'configure' }>): void {
    this.#post(settings);
  }

  /** Closes the node cleanly, and by force when it does not end in time. */
  stop(lamport: number): Promise<NodeEnd> {
    if (this.#state === 'starting' || this.#state === 'running') {
      this.#state = 'stopping';
      this.#post({ type: 'stop', lamport });
      this.#after(this.#bounds.stopMs, () => {
        this.#kill(failed(`Did not close within ${this.#bounds.stopMs} ms and was ended by force.`));
      });
    }
    return this.ended;
  }

  /** Kills the thread where it stands. */
  crash(): Promise<NodeEnd> {
    if (this.#state !== 'ended') this.#kill({ cause: 'crashed', code: 'asked', reason: 'Its thread was killed.' });
    return this.ended;
  }

  #spawn(): Worker | undefined {
    let thread: Worker;
    try {
      thread = this.#options.spawn(this.#options.node);
    } catch (error) {
      this.#end = failed(`Its thread could not be made: ${messageOf(error)}`);
      setImmediate(() => this.#finish('no thread'));
      return undefined;
    }
    thread.on('message', (message: FromNode) => this.#receive(message));
    thread.on('messageerror', (error) => this.#kill(failed(`Its report could not be read: ${error.message}`)));
    thread.on('error', (error) => {
      this.#end ??= failed(`Its thread died: ${messageOf(error)}`);
    });
    thread.on('exit', (exitCode) => this.#finish(`exit code ${exitCode}`));
    this.#after(this.#bounds.startMs, () => {
      this.#kill(failed(`Was not ready within ${this.#bounds.startMs} ms and was ended.`));
    });
    return thread;
  }

  #receive(message: FromNode): void {
    switch (message.type) {
      case 'ready':
        if (this.#state !== 'starting') return;
        clearTimeout(this.#timer);
        this.#state = 'running';
        this.#launched.resolve({ ok: true, address: message.address });
        return;
      case 'events':
        this.#options.onEvents(message.events);
        return;
      case 'answer':
        this.#waiting.answer(message.requestId, message.result);
        return;
      case 'ended':
        this.#end ??= { cause: message.cause, code: message.code, reason: message.reason };
        if (this.#state !== 'ended') this.#state = 'stopping';
        // It has said its last word; a thread that hangs on afterwards is not waited for.
        this.#after(this.#bounds.stopMs, () => this.#kill(failed('Its thread did not end.')));
        return;
      default:
        // The lab outlives whatever a node says.
        this.#kill(failed(`Said what nobody understands: ${JSON.stringify(message satisfies never)}`));
    }
  }

  #post(message: ToNode): void {
    this.#thread?.postMessage(message);
  }

  #kill(end: NodeEnd): void {
    if (this.#state === 'ended') return;
    this.#end ??= end;
    this.#state = 'stopping';
    void this.#thread?.terminate();
    this.#after(this.#bounds.killMs, () => this.#finish('it could not be killed'));
  }

  /** The thread is gone, or given up. */
  #finish(exit: string): void {
    if (this.#state === 'ended') return;
    const asked = this.#state === 'stopping';
    this.#state = 'ended';
    clearTimeout(this.#timer);
    const silent: NodeEnd = asked ? stopped : failed(`Its thread ended by itself (${exit}).`);
    const end = this.#end ?? silent;
    this.#waiting.giveUp(
      `Node ${this.id} ended while it was at work on this request. Whether it took effect is unknown.`,
    );
    this.#options.onEnded?.(end);
    this.#launched.resolve({ ok: false, end });
    this.#ended.resolve(end);
  }

  /** One bound at a time: the latest replaces what was waited for. */
  #after(delayMs: number, act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, delayMs);
  }
}

const stopped: NodeEnd = { cause: 'stopped', code: 'asked', reason: 'It was stopped.' };

function failed(reason: string): NodeEnd {
  return { cause: 'failed', code: 'internal', reason };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
