/** The far end of the bridge for tests of components: it answers commands as it is told and remembers them. */
import type { SendCommand } from '../../shared/bridge.ts';
import type { Command } from '../../shared/command.ts';
import type { Result } from '../../shared/result.ts';
import { useConnectionStore } from '../../renderer/stores/connection.ts';

export interface FakeLab {
  /** What was asked of it, oldest first. */
  readonly commands: Command[];
}

/** Connects the active Pinia's page to a lab that answers with `answer`. */
export function labThatAnswers(answer: (command: Command) => Result<unknown> | Promise<Result<unknown>>): FakeLab {
  const commands: Command[] = [];
  // The answer's type follows from the command's; here the test vouches for it.
  const send = (async (command: Command) => {
    commands.push(command);
    return answer(command);
  }) as SendCommand;
  useConnectionStore().attach({
    send,
    onState: (handler) => handler({ kind: 'live', version: 'test' }),
    subscribe: () => () => {},
    nowNs: () => 0,
    retryNow: () => {},
    close: () => {},
  });
  return { commands };
}
