/** What the checks say of the cluster since it was started. */
import { fail, succeed } from '../../../../shared/result.ts';
import type { LabContext } from '../lab-context.ts';
import type { CommandHandlers } from './command-handlers.ts';

export function judgeCommand({ stream }: LabContext): CommandHandlers<'judge'> {
  return {
    judge: (_command, done) =>
      // What was reported so far is judged, too.
      stream.later(() => {
        const { checks } = stream;
        if (checks.hasCluster) done(succeed(checks.report()));
        else done(fail('not-running', 'No cluster was started yet. Start one first.'));
      }),
  };
}
