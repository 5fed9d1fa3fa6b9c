/**
 * The loop around the core: one server. Inputs that arrive together share a turn, and a turn shares one write and one
 * fdatasync. Synchronous; what it asks of the world are the ports, so a simulator runs this very file.
 *
 * Order within a turn (raft/contract.ts): storage takes the change in, events are told, messages that promise nothing
 * leave, then one flush, then what waited for it.
 */
import type { ClientAnswer, ClientRequest } from '../../shared/client-request.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { RaftMessage } from '../../shared/raft-message.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { Clock, EmitEvent, FlushOutcome, HardState, Storage, Transport } from '../ports.ts';
import type { CoreInput, Effects } from '../raft/contract.ts';
import { knownLeader, type RaftState } from '../raft/state.ts';
import { step } from '../raft/step.ts';
import { readChunks } from './applied-chunks.ts';
import { Ending } from './ending.ts';
import { fillEntries } from './fill-entries.ts';
import { LogService } from './log-service.ts';
import { TurnTimer } from './turn-timer.ts';
import type { EndCode } from './worker-messages.ts';
import { WriteGate } from './write-gate.ts';

export interface NodeHostOptions {
  readonly state: RaftState;
  readonly storage: Storage;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly emit: EmitEvent;
  readonly answer: (requestId: string, result: Result<ClientAnswer>) => void;
  /** The node has given up and closed its ports. Called at most once, never after `stop`. */
  readonly onFailed: (code: EndCode, reason: string) => void;
}

const hasEnded = fail('not-running', 'The node has ended. Ask another node.');

export class NodeHost {
  readonly #state: RaftState;
  readonly #options: NodeHostOptions;
  readonly #service: LogService;
  readonly #gate: WriteGate;
  readonly #timer: TurnTimer;
  readonly #ending: Ending;
  #inputs: CoreInput[] = [];
  #turnIsDue = false;
  #wakeAtNs = 0;
  #leaderId: NodeId | null = null;
  #leaderTerm = 0;

  constructor(options: NodeHostOptions) {
    this.#options = options;
    this.#state = options.state;
    const { storage, transport, clock, emit, answer, state } = options;
    this.#gate = new WriteGate(storage, ({ to, message }) => transport.send(to, fillEntries(message, storage)));
    this.#timer = new TurnTimer(clock, emit, () => this.#scheduleTurn());
    this.#service = new LogService({
      host: {
        storage,
        emit,
        nowNs: () => clock.nowNs(),
        leads: () => (state.role.name === 'leader' ? state.term : null),
        send: (to, message) => transport.send(to, message),
      },
      answer,
      boot: storage.recovered.boot,
      recoveredTerm: storage.recovered.hardState.term,
      retryMs: 2 * state.timings.heartbeatIntervalMs,
    });
    this.#ending = new Ending({
      emit,
      answerWhoWaits: () => this.#service.stop(),
      closePorts: () => this.#closePorts(),
      onFailed: options.onFailed,
    });
    transport.onMessage((from, message) => this.#onMessage(from, message));
    this.#scheduleTurn();
  }

  /** A client's request to this node; answered exactly once through `answer`. */
  request(requestId: string, request: ClientRequest, timeoutMs: number): void {
    if (this.#ending.ended) return this.#options.answer(requestId, hasEnded);
    this.#ending.guard(() => this.#service.request(requestId, request, timeoutMs));
    this.#scheduleTurn();
  }

  /** Answers what waits, flushes, closes the ports. */
  stop(reason: string): void {
    this.#ending.stop(reason);
  }

  #onMessage(from: NodeId, message: RaftMessage): void {
    if (this.#ending.ended) return;
    if (message.kind === 'forward-append' || message.kind === 'forward-append-reply') {
      this.#ending.guard(() => this.#service.onMessage(from, message));
      this.#scheduleTurn();
    } else {
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
    for (const input of inputs) this.#run(input);
    // Last: after a stall of this thread the leader's heartbeats wait in the socket, and they count before the timer does.
    this.#run({ type: 'deadline-passed' });
    this.#service.passTime();
    this.#dispatchRequests();
    this.#flush();
    if (this.#ending.ended) return;
    this.#timer.announceElection(this.#state);
    this.#setTimer();
  }

  #run(input: CoreInput): void {
    this.#carryOut(step(this.#state, input, this.#options.clock.nowNs()));
  }

  /** Does what the core asks, in the order that its contract sets. */
  #carryOut(effects: Effects): void {
    if (effects.persist) this.#gate.write(effects.persist);
    for (const event of effects.events) this.#options.emit(event);
    for (const send of effects.sends) this.#gate.send(send);
    if (effects.apply) this.#apply(effects.apply.from, effects.apply.to);
    for (const outcome of effects.proposals) this.#service.onProposed(outcome);
    for (const outcome of effects.reads) this.#service.onRead(outcome);
    this.#wakeAtNs = effects.wakeAtNs;
    this.#noticeLeader();
  }

  #apply(from: number, to: number): void {
    for (const entries of readChunks(this.#options.storage, from, to)) {
      const [first, last] = [entries[0]?.index ?? from, entries.at(-1)?.index ?? to];
      // Told before the answers that follow from it.
      this.#options.emit({ type: 'entries-applied', from: first, to: last });
      this.#service.apply(entries);
    }
  }

  #noticeLeader(): void {
    const leaderId = knownLeader(this.#state);
    if (leaderId === this.#leaderId && this.#state.term === this.#leaderTerm) return;
    this.#leaderId = leaderId;
    this.#leaderTerm = this.#state.term;
    this.#service.onLeaderChanged(leaderId, this.#state.term);
    this.#scheduleTurn(); // What waited for a leader goes out in a turn of its own, with a flush of its own.
  }

  #dispatchRequests(): void {
    const { id, term } = this.#state;
    const { proposals, reads, more } = this.#service.dispatch(id, knownLeader(this.#state), term);
    if (proposals.length > 0) this.#run({ type: 'propose', proposals });
    if (reads.length > 0) this.#run({ type: 'read', tickets: reads });
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
    if (!this.#turnIsDue) this.#setTimer(); // With a disk that answers later, this runs outside of a turn.
  }

  #setTimer(): void {
    if (!this.#ending.ended) this.#timer.set(Math.min(this.#wakeAtNs, this.#service.nextCheckNs));
  }

  #closePorts(): void {
    this.#timer.clear();
    this.#options.transport.close();
    this.#options.storage.close();
  }
}
