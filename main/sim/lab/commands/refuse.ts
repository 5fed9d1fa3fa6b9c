/** Says in the stream that a command was refused: nothing was done, nothing was sent. */
import type { Command } from '../../../../shared/command.ts';
import type { Failure } from '../../../../shared/result.ts';
import { describeCommand } from '../../../lab-words.ts';
import type { LabContext } from '../lab-context.ts';

export function refuse(
  { stream }: LabContext,
  command: Command,
  failure: Failure,
): { readonly ok: false; readonly failure: Failure } {
  stream.emit({ type: 'command-refused', command: describeCommand(command), failure });
  return { ok: false, failure };
}
