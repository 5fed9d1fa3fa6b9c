/** Commands that nothing carries out yet. */
import { fail, type Result } from '../../../shared/result.ts';
import type { CommandHandlers } from './command-handlers.ts';

type Pending =
  | 'partition'
  | 'set-fault'
  | 'clear-fault'
  | 'pause-node'
  | 'resume-node'
  | 'cut-power'
  | 'wipe-node'
  | 'set-disk'
  | 'set-clock-rate'
  | 'jump-clock'
  | 'run-scenario'
  | 'stop-scenario'
  | 'save-scenario';

const notYet = (): Result<never> => fail('invalid', 'This is not in this version yet.');

export const pendingCommands: CommandHandlers<Pending> = {
  partition: notYet,
  'set-fault': notYet,
  'clear-fault': notYet,
  'pause-node': notYet,
  'resume-node': notYet,
  'cut-power': notYet,
  'wipe-node': notYet,
  'set-disk': notYet,
  'set-clock-rate': notYet,
  'jump-clock': notYet,
  'run-scenario': notYet,
  'stop-scenario': notYet,
  'save-scenario': notYet,
};
