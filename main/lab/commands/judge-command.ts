/** What the checks say of the cluster since it was started. */
import { fail, succeed } from '../../../shared/result.ts';
import type { LiveChecks } from '../../check/live-checks.ts';
import type { LabContext } from '../lab-context.ts';
import type { CommandHandlers } from './command-handlers.ts';

export function judgeCommand({ stream }: LabContext, checks: LiveChecks): CommandHandlers<'judge'> {
  return {
    judge: async () => {
      // What was reported so far is judged, too.
      await stream.settled();
      if (!checks.hasCluster) return fail('not-running', 'No cluster was started yet. Start one first.');
      return succeed(checks.report());
    },
  };
}
