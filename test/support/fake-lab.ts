/** The far end of the bridge for tests of components: it answers commands as it is told and remembers them. */
import type { SendCommand, SendQuery } from '../../shared/bridge.ts';
import type { Command } from '../../shared/command.ts';
import type { Query } from '../../shared/query.ts';
import { fail, type Result } from '../../shared/result.ts';
import { useConnectionStore } from '../../renderer/stores/connection.ts';

export interface FakeLab {
  /** What was asked of it, oldest first. */
  readonly commands: Command[];
  readonly queries: Query[];
}

/** Connects the active Pinia's page to a lab that answers with `answer`. */
export function labThatAnswers(
  answer: (command: Command) => Result<unknown> | Promise<Result<unknown>>,
  answerQuery: (query: Query) => Result<unknown> | Promise<Result<unknown>> = () =>
    fail('not-running', 'Nothing is kept.'),
): FakeLab {
  const commands: Command[] = [];
  const queries: Query[] = [];
  // The answer's type follows from the command's; here the test vouches for it.
  const send = (async (command: Command) => {
    commands.push(command);
    return answer(command);
  }) as SendCommand;
  const query = (async (asked: Query) => {
    queries.push(asked);
    return answerQuery(asked);
  }) as SendQuery;
  useConnectionStore().attach({
    send,
    query,
    onState: (handler) => handler({ kind: 'live', version: 'test' }),
    subscribe: () => () => {},
    handOn: () => {},
    nowNs: () => 0,
    retryNow: () => {},
    close: () => {},
  });
  return { commands, queries };
}
