/** Whether a request is taken in at all. */
import { checkRequest } from '../../shared/check-request.ts';
import type { ClientRequest } from '../../shared/client-request.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { Failure } from '../../shared/result.ts';

/** @param waiting how many have no answer yet. @returns undefined for one that is */
export function whyNotTaken(request: ClientRequest, timeoutMs: number, waiting: number): Failure | undefined {
  if (!(timeoutMs >= 1 && timeoutMs <= limits.clientTimeoutMsMax)) {
    const message = `The timeout must be from 1 to ${limits.clientTimeoutMsMax} milliseconds, not ${timeoutMs}.`;
    return { code: 'invalid', message };
  }
  if (waiting < limits.clientRequestsMax) return checkRequest(request);
  const message = `${limits.clientRequestsMax} requests of this client have no answer yet. Wait for some of them.`;
  return { code: 'overloaded', message };
}
