/** Says in the stream that a command was refused: nothing was done, nothing was sent. */
import type { Command } from '../../../shared/command.ts';
import type { Failure } from '../../../shared/result.ts';
import type { LabContext } from '../lab-context.ts';

export function refuse(
  context: LabContext,
  command: Command,
  failure: Failure,
): { readonly ok: false; readonly failure: Failure } {
  context.stream.emit({ type: 'command-refused', command: describeCommand(command), failure });
  return { ok: false, failure };
}

/** The command in a few words: `append at node 2`, `cut-link 0→2`. */
function describeCommand(command: Command): string {
  if ('link' in command) return `${command.type} ${command.link.from}→${command.link.to}`;
  if ('node' in command)
    return command.type.endsWith('-node')
      ? `${command.type} ${command.node}`
      : `${command.type} at node ${command.node}`;
  return command.type;
}
