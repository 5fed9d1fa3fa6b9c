/**
 * The page's one line to the lab: says hello, sends commands, hands on the stream, and connects again when the line is lost.
 */
import { bridgeProtocol, type AnswerOf, type PageFrame } from '../../shared/bridge.ts';
import type { CommandOf, CommandType } from '../../shared/command.ts';
import type { QueryAnswerOf, QueryOf, QueryType } from '../../shared/query.ts';
import { fail, type Result } from '../../shared/result.ts';
import { text } from '../text/connection.ts';
import type { ConnectionState, LabClient } from './client-contract.ts';
import { decodeLabFrame, encodePageFrame, type ReadFrame } from './frame-codec.ts';
import { FrameCredits, type FrameTaker } from './frame-taker.ts';
import { createIntake } from './intake.ts';
import { createLabClock, paceAfter } from './lab-clock.ts';
import { DoorError, type ChannelEnding, type OpenDoor, type PageChannel } from './page-channel.ts';
import type { PageTime } from './page-time.ts';

export type { ConnectionState, LabClient } from './client-contract.ts';

const retryDelaysMs = [250, 500, 1_000, 2_000, 5_000];
/** A door that opened and then says nothing is shut again. */
const welcomeWithinMs = 10_000;

export function createLabClient(openDoor: OpenDoor, time: PageTime): LabClient {
  const clock = createLabClock();
  const pending = new Map<number, (result: Result<unknown>) => void>();
  const stateHandlers: ((state: ConnectionState) => void)[] = [];
  let state: ConnectionState = { kind: 'connecting' };
  let channel: PageChannel | undefined;
  let cancelTimer = (): void => {};
  /** Of commands and queries. */
  let nextId = 0;
  let triesFailed = 0;
  let closed = false;

  const nowNs = (): number => clock.nowNs(time.nowMs());
  const credits = new FrameCredits((frame) => transmit({ type: 'acknowledge', frame }));
  const intake = createIntake(time, nowNs, (frame) => credits.folded(frame));
  let taker: FrameTaker | undefined;

  function setState(next: ConnectionState): void {
    state = next;
    for (const handler of stateHandlers) handler(next);
  }

  function transmit(frame: PageFrame): void {
    channel?.send(encodePageFrame(frame));
  }

  async function connect(): Promise<void> {
    cancelTimer();
    if (state.kind !== 'connecting')
      setState(state.kind === 'lost' ? { ...state, retryAtMs: 0 } : { kind: 'connecting' });
    try {
      take(await openDoor());
    } catch (error) {
      end(error instanceof DoorError ? error.ending : { final: false, reason: String(error) });
    }
  }

  function take(opened: PageChannel): void {
    if (closed) {
      opened.close();
      return;
    }
    channel = opened;
    opened.onClose((ending) => {
      if (channel === opened) end(ending);
    });
    opened.onFrame((bytes) => {
      if (channel === opened) receive(bytes);
    });
    cancelTimer = time.after(welcomeWithinMs, () => end({ final: false, reason: text.silent }));
    transmit({ type: 'hello', protocol: bridgeProtocol });
  }

  function receive(bytes: Uint8Array): void {
    const frame = decodeLabFrame(bytes);
    if (!frame) return end({ final: false, reason: text.unreadable });
    handle(frame);
    const isOfStream = frame.type === 'welcome' || frame.type === 'events' || frame.type === 'gap';
    // A welcome may have ended the line.
    if (isOfStream && channel) taker?.take(bytes);
  }

  function handle(frame: ReadFrame): void {
    switch (frame.type) {
      case 'welcome':
        if (frame.protocol !== bridgeProtocol) {
          end({ final: true, reason: text.otherProtocol(frame.protocol, bridgeProtocol) });
          return;
        }
        cancelTimer();
        triesFailed = 0;
        credits.forget();
        clock.begin(frame.snapshot, time.nowMs());
        intake.push({ kind: 'reset', snapshot: frame.snapshot, missed: 0 });
        setState({ kind: 'live', version: frame.version });
        return;
      case 'refused':
        end({ final: true, reason: frame.reason });
        return;
      case 'answer':
        pending.get(frame.id)?.(frame.result);
        pending.delete(frame.id);
        return;
      case 'events':
        clock.observe(frame.nowNs, time.nowMs(), paceAfter(frame.events));
        intake.push({ kind: 'events', events: frame.events, position: frame.position, frame: frame.frame });
        return;
      case 'gap':
        clock.begin(frame.snapshot, time.nowMs());
        intake.push({ kind: 'reset', snapshot: frame.snapshot, missed: frame.missed, frame: frame.frame });
    }
  }

  /** The line is down, whoever ended it: settle what waits for an answer, and decide when to try again. */
  function end(ending: ChannelEnding): void {
    cancelTimer();
    const old = channel;
    channel = undefined;
    old?.close();
    intake.clear();
    for (const settle of pending.values()) settle(fail('timed-out', text.lineLost));
    pending.clear();
    if (closed) return;
    if (ending.final) {
      setState({ kind: 'refused', reason: ending.reason });
      return;
    }
    const delayMs = retryDelaysMs[Math.min(triesFailed, retryDelaysMs.length - 1)] ?? 0;
    triesFailed += 1;
    setState({ kind: 'lost', reason: ending.reason, retryAtMs: time.nowMs() + delayMs });
    cancelTimer = time.after(delayMs, () => void connect());
  }

  function send<Type extends CommandType>(command: CommandOf<Type>): Promise<Result<AnswerOf<Type>>> {
    if (state.kind !== 'live') return Promise.resolve(fail('not-running', text.notConnected));
    const id = nextId++;
    return new Promise((resolve) => {
      // The lab answers a command with its own answer type: shared/bridge.ts CommandAnswers.
      pending.set(id, (result) => resolve(result as Result<AnswerOf<Type>>));
      transmit({ type: 'command', id, command });
    });
  }

  function query<Type extends QueryType>(asked: QueryOf<Type>): Promise<Result<QueryAnswerOf<Type>>> {
    if (state.kind !== 'live') return Promise.resolve(fail('not-running', text.notConnected));
    const id = nextId++;
    return new Promise((resolve) => {
      // The lab answers a query with its own answer type: shared/query.ts QueryAnswers.
      pending.set(id, (result) => resolve(result as Result<QueryAnswerOf<Type>>));
      transmit({ type: 'query', id, query: asked });
    });
  }

  void connect();
  return {
    send,
    query,
    onState(handler) {
      stateHandlers.push(handler);
      handler(state);
    },
    subscribe: (subscriber) => intake.subscribe(subscriber),
    handOn(next) {
      taker = next;
      credits.waitFor(next);
    },
    nowNs,
    retryNow() {
      if (channel === undefined && !closed && !isTrying(state)) void connect();
    },
    close() {
      closed = true;
      end({ final: true, reason: '' });
    },
  };
}

function isTrying(state: ConnectionState): boolean {
  return state.kind === 'connecting' || (state.kind === 'lost' && state.retryAtMs === 0);
}
