/**
 * The one typed contract between the page and the lab: binary frames (MessagePack), the same over Electron's
 * MessagePort and the browser's WebSocket. The page calls; the lab answers and streams events with credits.
 */
import { z } from 'zod';
import { commandSchema, type Command, type CommandOf, type CommandType } from './command.ts';
import type { AppendAnswer, DoneAnswer, RangeAnswer } from './client-request.ts';
import type { LabEvent } from './event.ts';
import { querySchema, type Query, type QueryAnswerOf, type QueryOf, type QueryType } from './query.ts';
import type { Result } from './result.ts';
import type { ExportedFile } from './session-command.ts';
import type { CheckReport } from './verdict.ts';
import type { WorkloadFigures } from './workload.ts';
import type { ClusterView } from './projection/cluster-view.ts';

/** Raised when a frame's meaning changes; another number is refused at `hello` with a clear message. */
export const bridgeProtocol = 4;

/** Both ends of a pipe that carries frames in order. The hosts make them; nothing else touches a socket or a port. */
export interface FrameChannel {
  send(frame: Uint8Array): void;
  onFrame(handler: (frame: Uint8Array) => void): void;
  onClose(handler: () => void): void;
  close(): void;
}

/** What each command answers. */
export interface CommandAnswers {
  /** `basePort`: in the simulated world nothing listens there. */
  'start-cluster': { readonly basePort: number };
  'stop-cluster': null;
  'start-node': null;
  'stop-node': null;
  'crash-node': null;
  'cut-link': null;
  'heal-link': null;
  'heal-all': { readonly healed: number };
  append: AppendAnswer;
  'index-range': RangeAnswer;
  'change-membership': DoneAnswer;
  'transfer-leadership': DoneAnswer;
  'set-retention': DoneAnswer;
  'set-rules': null;
  partition: null;
  'set-fault': null;
  'clear-fault': null;
  'pause-node': null;
  'resume-node': null;
  'cut-power': null;
  'wipe-node': null;
  'set-disk': null;
  'set-clock-rate': null;
  'jump-clock': null;
  'start-workload': null;
  'stop-workload': WorkloadFigures;
  judge: CheckReport;
  'run-scenario': null;
  'stop-scenario': null;
  /** YAML. */
  'save-scenario': { readonly text: string };
  'set-pace': null;
  /** How many events it led to; 0 when nothing is left to happen. */
  'step-world': { readonly events: number };
  'find-seed': FoundSeed;
  'stop-search': null;
  /** What is missing or damaged in it, in sentences. */
  'open-session': { readonly problems: readonly string[] };
  /** Under which name it is there; undefined before the last piece. */
  'import-session': { readonly name?: string };
  'delete-sessions': { readonly bytes: number };
  'export-session': ExportedFile;
  'cancel-export': null;
}

/** The answer to a command of one type. */
export type AnswerOf<Type extends CommandType> = CommandAnswers[Type];

/**
 * Sends a command and waits for its answer. Never rejects for an expected failure. When the channel closes, what waits for
 * its answer ends as `timed-out` (outcome unknown); what could not be sent at all is `not-running`.
 */
export type SendCommand = <Type extends CommandType>(command: CommandOf<Type>) => Promise<Result<AnswerOf<Type>>>;

/** Asks the store of the stream. Fails like a command; never rejects for an expected failure. */
export type SendQuery = <Type extends QueryType>(query: QueryOf<Type>) => Promise<Result<QueryAnswerOf<Type>>>;

/** A seed with what was looked for: the simulated world stands, held, behind that event. */
export interface FoundSeed {
  readonly seed: number;
  /** How many seeds were tried, this one included. */
  readonly tried: number;
  readonly position: number;
  readonly timeNs: number;
  /** What was found, in a sentence. */
  readonly found: string;
}

export type PageFrame =
  | { readonly type: 'hello'; readonly protocol: number }
  | { readonly type: 'command'; readonly id: number; readonly command: Command }
  /** Answered as a command is; `id` counts both. */
  | { readonly type: 'query'; readonly id: number; readonly query: Query }
  /** The page has taken in events frame number `frame`. */
  | { readonly type: 'acknowledge'; readonly frame: number };

export const pageFrameSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), protocol: z.int() }),
  z.strictObject({ type: z.literal('command'), id: z.int().min(0), command: commandSchema }),
  z.strictObject({ type: z.literal('query'), id: z.int().min(0), query: querySchema }),
  z.strictObject({ type: z.literal('acknowledge'), frame: z.int().min(0) }),
]);

/** What a page needs to begin in the middle: the fold so far, and the events that led to it as far as they are held. */
export interface Snapshot {
  /** Names the unbroken stream that this is a moment of; another one begins with another world. */
  readonly session: string;
  /** How many events came so far: the position of the next one. `recentEvents` are the ones right before it. */
  readonly position: number;
  readonly view: ClusterView;
  /** The latest events, oldest first; `view` already contains their effect. */
  readonly recentEvents: readonly LabEvent[];
  /** Of what came before them the latest events of level `info` and rarer, oldest first. */
  readonly earlierEvents: readonly LabEvent[];
  /** Events of level `debug` and `trace` that came before `recentEvents`: they are no longer held. */
  readonly forgottenEvents: number;
  /** `timeNs` of the lab's clock when the frame was made: the page keeps its own offset from it. */
  readonly nowNs: number;
}

export type LabFrame =
  | { readonly type: 'welcome'; readonly protocol: number; readonly version: string; readonly snapshot: Snapshot }
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'answer'; readonly id: number; readonly result: Result<unknown> }
  /** The same, from the store of the stream: `packed` is the `Result` as MessagePack, which the lab only passes on. */
  | { readonly type: 'packed-answer'; readonly id: number; readonly packed: Uint8Array }
  /** `position` is that of the first of them. */
  | {
      readonly type: 'events';
      readonly frame: number;
      readonly nowNs: number;
      readonly position: number;
      readonly events: readonly LabEvent[];
    }
  /**
   * Go on from this snapshot: the page fell behind, and `missed` events were left out; or another world was opened, and
   * `session` is another one.
   */
  | { readonly type: 'gap'; readonly frame: number; readonly missed: number; readonly snapshot: Snapshot };
