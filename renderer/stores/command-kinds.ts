/** Which commands are about what one sees, and which are not. */
import type { CommandType } from '../../shared/command.ts';

/** These concern the lab as a whole, whatever moment is shown: its world, its time, its runs; and healing is never wrong. */
const always: ReadonlySet<CommandType> = new Set<CommandType>([
  'start-cluster',
  'stop-cluster',
  'heal-all',
  'stop-workload',
  'judge',
  'stop-scenario',
  'save-scenario',
  'set-pace',
  'step-world',
  'find-seed',
  'stop-search',
  'open-session',
  'import-session',
  'delete-sessions',
  'export-session',
  'cancel-export',
]);

/** True for what a person would do to nodes and links as they are shown: it makes no sense while another moment is shown. */
export function actsOnWhatIsShown(type: CommandType): boolean {
  return !always.has(type);
}
