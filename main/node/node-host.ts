/**
 * The loop around the core: one server. Inputs that arrive together share a turn, and a turn shares one write and one
 * fdatasync. Synchronous; what it asks of the world are the ports, so a simulator runs this very file.
 *
 * Order within a turn (raft/contract.ts): storage takes the change in, events are told, messages that promise nothing
 * leave, then one flush, then what waited for it.
 */
import type { ClientRequest } from '../../shared/client-request.ts';
import type { Timings } from '../../shared/cluster-config.ts';
import type { NodeId } from '../../shared/ids.ts';
import { isServiceMessage, type RaftMessage } from '../../shared/raft-message.ts';
import { fail } from '../../shared/result.ts';
import type { RuleId } from '../../shared/rules.ts';
import type { FlushOutcome, HardState } from '../ports.ts';
import type { CoreInput, Effects, SendEffect } from '../raft/contract.ts';
import { knownLeader, type RaftState } from '../raft/state.ts';
import { step } from '../raft/step.ts';
import { Ending } from './ending.ts';
import { fillEntries } from './fill-entries.ts';
import { LeaderWatch } from './leader-watch.ts';
import { assembleParts, stopServing, takeServiceMessage, type NodeHostOptions, type NodeParts } from './node-parts.ts';
import { TurnTimer } from './turn-timer.ts';
import { WriteGate } from './write-gate.ts';

const hasEnded = fail('not-running', 'The node has ended. Ask another node.');

export class NodeHost {
  readonly #state: RaftState;
  readonly #options: NodeHostOptions;
  readonly #parts: NodeParts;
  readonly #gate: WriteGate;
  readonly #timer: TurnTimer;
  readonly #ending: Ending;
  readonly #leader = new LeaderWatch();
  #inputs: CoreInput[] = [];
  #turnIsDue = false;
  #wakeAtNs = 0;

  constructor(options: NodeHostOptions) {
    this.#options = options;
    this.#state = options.state;
    const { storage, transport, clock, emit } = options;
    this.#gate = new WriteGate(storage, (send) => this.#transmit(send));
    this.#timer = new TurnTimer(clock, emit, () => this.#scheduleTurn());
    const guard = (action: () => void): void => this.#ending.guard(action);
    this.#parts = assembleParts(options, (input) => this.#input(input), guard);
    this.#ending = new Ending({
      emit,
      answerWhoWaits: () => stopServing(this.#parts),
      closePorts: () => this.#closePorts(),
      onFailed: options.onFailed,
    });
    transport.onMessage((from, message) => this.#onMessage(from, message));
    guard(() => this.#parts.applier.begin(storage.recovered.snapshot));
    this.#scheduleTurn();
  }

  /** A client's request to this node; answered exactly once through `answer`. */
  request(requestId: string, request: ClientRequest, timeoutMs: number): void {
    if (this.#ending.ended) return this.#options.answer(requestId, hasEnded);
    this.#ending.guard(() => this.#parts.service.request({ kind: 'client', requestId }, request, timeoutMs));
    this.#scheduleTurn();
  }

  /** Other rules or timings from now on; what is not given stays. The timings must make sense (`checkTimings`). */
  configure(rulesOff?: readonly RuleId[], timings?: Timings): void {
    this.#input({ type: 'configure', ...(rulesOff && { rulesOff }), ...(timings && { timings }) });
  }

  /** Answers what waits, flushes, closes the ports. */
  stop(reason: string): void {
    this.#ending.stop(reason);
  }

  #onMessage(from: NodeId, message: RaftMessage): void {
    if (this.#ending.ended) return;
    if (isServiceMessage(message)) {
      this.#ending.guard(() => takeServiceMessage(this.#parts, from, message));
      this.#scheduleTurn();
    } else if (!this.#gate.isFull) {
      // Otherwise it is lost, as on a network.
      this.#input({ type: 'message', from, message });
    }
  }

  #input(input: CoreInput): void {
    this.#inputs.push(input);
    this.#scheduleTurn();
  }

  #scheduleTurn(): void {
    if (this.#turnIsDue || this.#ending.ended) return;
    this.#turnIsDue = true;
    this.#options.clock.defer(() => {
      this.#turnIsDue = false;
      this.#ending.guard(() => this.#turn());
    });
  }

  #turn(): void {
    const inputs = this.#inputs;
    this.#inputs = [];
    this.#parts.applier.beginTurn();
    for (const input of inputs) this.#run(input);
    // Last: after a stall of this thread the leader's heartbeats wait in the socket, and they count before the timer does.
    this.#run({ type: 'deadline-passed' });
    // What is committed is answered before the clock is looked at.
    if (this.#parts.service.isAwaited) this.#parts.applier.run();
    this.#parts.service.passTime();
    this.#dispatchRequests();
    this.#parts.snapshots.saveIfDue();
    // Who waits is answered before the disk takes its time; a server of which nobody waits says first what it has on disk.
    if (this.#parts.service.isAwaited) this.#apply();
    this.#flush();
    this.#apply();
    if (!this.#ending.ended) this.#timer.announceElection(this.#state);
    this.#setTimer();
  }

  #run(input: CoreInput): void {
    this.#carryOut(step(this.#state, input, this.#options.clock.nowNs()));
  }

  /** Does what the core asks, in the order that its contract sets. */
  #carryOut(effects: Effects): void {
    const { storage, emit } = this.#options;
    if (effects.chunk) storage.stageChunk(effects.chunk);
    if (effects.persist) this.#gate.write(effects.persist);
    for (const event of effects.events) emit(event);
    for (const send of effects.sends) this.#gate.send(send);
    // Before `apply`, which may decide them already.
    for (const outcome of effects.proposals) this.#parts.service.onProposed(outcome);
    if (effects.persist?.truncateFrom !== undefined) this.#parts.applier.onTruncated(effects.persist.truncateFrom);
    if (effects.restore) this.#parts.applier.restore(effects.restore);
    if (effects.apply) this.#parts.applier.onCommitted(effects.apply.from, effects.apply.to);
    if (effects.compactTo > 0) storage.compact(effects.compactTo);
    for (const outcome of effects.reads) this.#parts.service.onRead(outcome);
    for (const outcome of effects.outcomes) this.#parts.service.onOutcome(outcome);
    this.#wakeAtNs = effects.wakeAtNs;
    this.#noticeLeader();
  }

  #transmit({ to, message }: SendEffect): void {
    const { storage, transport } = this.#options;
    const firstIndex = this.#state.log.base.index + 1;
    const filled = fillEntries(message, { storage, firstIndex, snapshotIndex: this.#parts.snapshots.storedIndex });
    if (filled) transport.send(to, filled);
  }

  #noticeLeader(): void {
    if (!this.#leader.hasChanged(this.#state)) return;
    this.#parts.service.onLeaderChanged(knownLeader(this.#state), this.#state.term);
    this.#scheduleTurn(); // What waited for a leader goes out in a turn of its own, with a flush of its own.
  }

  #dispatchRequests(): void {
    const { id, term } = this.#state;
    const { inputs, more } = this.#parts.service.dispatch(id, knownLeader(this.#state), term);
    for (const input of inputs) this.#run(input);
    if (more) this.#scheduleTurn();
  }

  #flush(): void {
    if (this.#ending.ended) return;
    // What this flush makes durable; with a disk that answers later, the state moves on meanwhile.
    const { term, votedFor } = this.#state;
    this.#gate.flush((write, outcome) => this.#ending.guard(() => this.#onFlushed(write, outcome, { term, votedFor })));
  }

  #onFlushed(write: number, outcome: FlushOutcome, hardState: HardState): void {
    if (!outcome.ok) throw outcome.error;
    const { bytes, durationNs: flushNs } = outcome;
    const effects = step(this.#state, { type: 'persisted', write }, this.#options.clock.nowNs());
    const lastIndex = this.#state.persistedIndex;
    // Told before what follows from it: a commit, an office, a reply.
    this.#options.emit({ type: 'entries-persisted', lastIndex, ...hardState, bytes, flushNs });
    this.#gate.release(write);
    this.#carryOut(effects);
    this.#flush();
    this.#apply();
    if (!this.#turnIsDue) this.#setTimer(); // With a disk that answers later, this runs outside of a turn.
  }

  #apply(): void {
    if (this.#ending.ended) return;
    this.#parts.applier.run();
    this.#parts.door.flush();
    if (this.#parts.applier.isBehind) this.#scheduleTurn();
  }

  #setTimer(): void {
    if (!this.#ending.ended) this.#timer.set(Math.min(this.#wakeAtNs, this.#parts.service.nextCheckNs));
  }

  #closePorts(): void {
    this.#timer.clear();
    this.#options.transport.close();
    this.#options.storage.close();
  }
}
