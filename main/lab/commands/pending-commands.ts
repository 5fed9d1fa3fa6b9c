/** Commands that nothing carries out yet. */
import { fail, type Result } from '../../../shared/result.ts';
import type { CommandHandlers } from './command-handlers.ts';

type Pending = 'run-scenario' | 'stop-scenario' | 'save-scenario';

const notYet = (): Result<never> => fail('invalid', 'This is not in this version yet.');

export const pendingCommands: CommandHandlers<Pending> = {
  'run-scenario': notYet,
  'stop-scenario': notYet,
  'save-scenario': notYet,
};
