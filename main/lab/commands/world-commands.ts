/** Commands to time itself, to the choice of the world and to recorded sessions: here time is real, and nothing is opened. */
import type { SessionCommandType } from '../../../shared/session-command.ts';
import type { WorldCommandType } from '../../../shared/world-command.ts';
import { noSessions, timeIsReal } from '../../lab-words.ts';
import type { CommandHandlers } from './command-handlers.ts';

const refused = { ok: false, failure: timeIsReal } as const;
const notHere = { ok: false, failure: noSessions } as const;

export const worldCommands: CommandHandlers<WorldCommandType | SessionCommandType> = {
  'set-pace': () => refused,
  'step-world': () => refused,
  'find-seed': () => refused,
  'stop-search': () => refused,
  'open-session': () => notHere,
  'import-session': () => notHere,
  'delete-sessions': () => notHere,
  'export-session': () => notHere,
  'cancel-export': () => notHere,
};
