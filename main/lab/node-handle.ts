/**
 * One life of one node, as the lab holds it: its worker thread from launch to end. A restart is a new handle.
 *
 * The end is always noticed: asked for, killed, given up by the node, or a thread that died by itself. `ended` resolves
 * only when the thread is gone, so that its port and the lock of its folder are free again.
 */
import type { Worker } from 'node:worker_threads';
import type { ClientAnswer, ClientRequest } from '../../shared/client-request.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import { endedAtWork, wasSilent } from '../lab-words.ts';
import type { FromNode, ToNode } from '../node/worker-messages.ts';
import { deferred } from './deferred.ts';
import { EntryDesk } from './entry-desk.ts';
import { failedEnd, nodeBounds, powerlessEnd, stoppedEnd } from './node-life.ts';
import type { NodeBounds, NodeEnd, NodeHandleOptions, NodeLaunch, NodeState } from './node-life.ts';
import { NodePause } from './node-pause.ts';
import { openThread } from './open-thread.ts';
import { WaitingRequests } from './waiting-requests.ts';

export class NodeHandle {
  readonly id: NodeId;
  #state: NodeState = 'starting';
  readonly #options: NodeHandleOptions;
  readonly #bounds: NodeBounds;
  readonly #waiting = new WaitingRequests();
  readonly #launched = deferred<NodeLaunch>();
  readonly #ended = deferred<NodeEnd>();
  /** Settles when the node is ready, or has ended before it was. */
  readonly launched = this.#launched.promise;
  /** Settles when the thread is gone. */
  readonly ended = this.#ended.promise;
  readonly #thread: Worker | undefined;
  /** How this life will have ended, as soon as that is known; the first reason counts. */
  #end: NodeEnd | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #pause: NodePause;
  /** For a look into its log. */
  readonly entries: EntryDesk;

  constructor(options: NodeHandleOptions) {
    this.#options = options;
    this.#bounds = options.bounds ?? nodeBounds;
    this.id = options.node.id;
    this.#pause = new NodePause(options);
    this.entries = new EntryDesk(this, (message) => this.#post(message));
    this.#thread = this.#spawn();
  }

  get state(): NodeState {
    return this.#state;
  }

  /** Whether a request would be sent: the node is running and has room for one more. */
  takesRequests(): Result<null> {
    return this.#waiting.takes(this.id, this.#state);
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
    const deadlineMs = timeoutMs + this.#bounds.answerMarginMs;
    const answer = this.#waiting.wait(requestId, deadlineMs, wasSilent(this.id, timeoutMs));
    this.#post({ type: 'request', requestId, request, timeoutMs, lamport });
    return answer;
  }

  /** Other faults or rules of Raft from now on. */
  set(settings: Extract<ToNode, { type: 'fault-rules' | 'configure' | 'disk' | 'clock' }>): void {
    this.#post(settings);
  }

  /** The thread stands still, as soon as it has done what it is at. @returns false when it ended instead. */
  pause(lamport: number): Promise<boolean> {
    if (this.#state === 'ended') return Promise.resolve(false);
    const isHeld = this.#pause.hold();
    this.#post({ type: 'pause', lamport });
    return isHeld;
  }

  /** The thread goes on at once. */
  resume(lamport: number): void {
    this.#pause.release(lamport);
  }

  /** Its machine loses its power within a moment; a thread that stands still, or is too long at something, is killed. */
  cutPower(lamport: number): Promise<NodeEnd> {
    if (this.#pause.isHeld) this.#kill(powerlessEnd);
    else if (this.#state === 'starting' || this.#state === 'running') {
      this.#post({ type: 'power-cut', lamport });
      this.#after(this.#bounds.stopMs, () => this.#kill(powerlessEnd));
    }
    return this.ended;
  }

  /** Closes the node cleanly, and by force when it does not end in time. One that stands still goes on for it. */
  stop(lamport: number): Promise<NodeEnd> {
    this.resume(lamport);
    if (this.#state === 'starting' || this.#state === 'running') {
      this.#state = 'stopping';
      this.#post({ type: 'stop', lamport });
      this.#after(this.#bounds.stopMs, () => {
        this.#kill(failedEnd(`Did not close within ${this.#bounds.stopMs} ms and was ended by force.`));
      });
    }
    return this.ended;
  }

  /** Kills the thread where it stands. */
  crash(reason = 'Its thread was killed.'): Promise<NodeEnd> {
    if (this.#state !== 'ended') this.#kill({ cause: 'crashed', code: 'asked', reason });
    return this.ended;
  }

  #spawn(): Worker | undefined {
    const make = (): Worker => this.#options.spawn({ ...this.#options.node, pause: this.#pause.buffer });
    const thread = openThread(make, {
      onMessage: (message) => this.#receive(message),
      onUnreadable: (reason) => this.#kill(failedEnd(reason)),
      onDied: (reason) => {
        this.#end ??= failedEnd(reason);
      },
      onGone: (exit) => this.#finish(exit),
    });
    this.#after(this.#bounds.startMs, () => {
      this.#kill(failedEnd(`Was not ready within ${this.#bounds.startMs} ms and was ended.`));
    });
    return thread;
  }

  #receive(message: FromNode): void {
    switch (message.type) {
      case 'ready':
        if (this.#state !== 'starting') return;
        clearTimeout(this.#timer);
        this.#state = 'running';
        return this.#launched.resolve({ ok: true, address: message.address });
      case 'events':
        return this.#options.onEvents(message.events);
      case 'answer':
        return this.#waiting.answer(message.requestId, message.result);
      case 'held-entry':
        return this.entries.answer(message);
      case 'paused':
        return this.#pause.onSaid();
      case 'ended':
        this.#end ??= { cause: message.cause, code: message.code, reason: message.reason };
        if (this.#state !== 'ended') this.#state = 'stopping';
        // It has said its last word; a thread that hangs on afterwards is not waited for.
        this.#after(this.#bounds.stopMs, () => this.#kill(failedEnd('Its thread did not end.')));
        return;
      default:
        // The lab outlives whatever a node says.
        this.#kill(failedEnd(`Said what nobody understands: ${JSON.stringify(message satisfies never)}`));
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
    const end = this.#end ?? (asked ? stoppedEnd : failedEnd(`Its thread ended by itself (${exit}).`));
    this.#waiting.giveUp(endedAtWork(this.id));
    this.entries.close();
    this.#pause.forget();
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
