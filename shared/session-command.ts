/**
 * Commands to recorded sessions: the files in the data folder's `sessions`, and what is made of one. A lab refuses them, whoever
 * opens worlds carries them out. A file is named by its name in that folder, never by a path.
 */
import { z } from 'zod';
import { limits } from './cluster-config.ts';

/** What a recorded session can be exported as, in the order of a list. */
export const exportFormats = [
  'html',
  'jsonl',
  'csv',
  'requests',
  'log',
  'pcapng',
  'shiviz',
  'jepsen',
  'porcupine',
] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Of a session file: no separator, no dot in front. */
export const sessionName = z
  .string()
  .max(200)
  .regex(
    /^[0-9A-Za-z][0-9A-Za-z ._()-]*\.raftlab$/,
    'is no name of a session file: letters, digits, " ._()-", then .raftlab',
  );

/** Chosen by whoever asks for an export, to ask how far it is and to end it. */
const exportId = z.string().min(1).max(40);
const timeNs = z.number().min(0).max(Number.MAX_SAFE_INTEGER);

/** Shows a recorded session in the place of the world that is open, which is closed. It stands at its end. */
const openSession = z.strictObject({ type: z.literal('open-session'), name: sessionName });
/**
 * Brings a file into the folder, piece by piece, in order. Under a name that is taken it gets another one: see the answer. A piece
 * at offset 0 begins anew; what is not finished is not listed, and is gone with the app. `last`: the file is complete, and is read.
 */
const importSession = z.strictObject({
  type: z.literal('import-session'),
  name: sessionName,
  offset: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  bytes: z
    .instanceof(Uint8Array)
    .refine((bytes) => bytes.byteLength <= limits.importPieceBytesMax, 'is too large a piece'),
  last: z.boolean(),
});
/** None of them may be open, or be recorded. */
const deleteSessions = z.strictObject({
  type: z.literal('delete-sessions'),
  names: z.array(sessionName).min(1).max(1_000),
});
/** Makes a file of what is shown, live or recorded, in the data folder's `exports`. Answered when it is complete. */
const exportSession = z.strictObject({
  type: z.literal('export-session'),
  export: exportId,
  format: z.enum(exportFormats),
  /** Events from here on; from the beginning by default. */
  fromNs: timeNs.optional(),
  /** Events before this; to the end by default. */
  toNs: timeNs.optional(),
  /** Of these servers only, `labSourceId` for the lab. */
  nodes: z
    .array(z.int())
    .min(1)
    .max(limits.nodesMax + limits.learnersMax + 1)
    .optional(),
  /** Of these types only. */
  types: z.array(z.string().max(60)).min(1).max(200).optional(),
});
/** Ends an export, which is then answered with `refused`; nothing of it is left. */
const cancelExport = z.strictObject({ type: z.literal('cancel-export'), export: exportId });

export const sessionCommands = [openSession, importSession, deleteSessions, exportSession, cancelExport] as const;

export type SessionCommandType = z.infer<(typeof sessionCommands)[number]>['type'];

/** A session file, as its header says and as the folder has it. */
export interface SessionFile {
  readonly name: string;
  readonly bytes: number;
  /** Wall clock, ms since 1970; null when the file can't be read. */
  readonly startedAtMs: number | null;
  /** When it was last written. */
  readonly changedAtMs: number;
  /** Of the application that recorded it. */
  readonly version: string;
  readonly world: 'real' | 'simulated';
  /** `recording`: of the world that is open; `shown`: the world that is open is this one. */
  readonly use: 'none' | 'recording' | 'shown';
  /** Why it can't be opened. */
  readonly problem?: string;
}

/** What the folder holds, the latest session first. */
export interface SessionFolder {
  readonly folder: string;
  readonly sessions: readonly SessionFile[];
  readonly bytes: number;
  /** Above it the oldest ones are offered for deletion; nothing is deleted unasked. */
  readonly bytesMax: number;
}

export interface ExportedFile {
  /** In the data folder's `exports`. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly events: number;
}

/** An export that is under way. */
export interface ExportProgress {
  readonly export: string;
  readonly format: ExportFormat;
  /** Of the stream, taken in so far and in all: a share for a bar. */
  readonly events: number;
  readonly eventsTotal: number;
  readonly bytes: number;
}
