/** Clients that ask by themselves: what they ask, and what becomes of it. */
import { z } from 'zod';
import { limits } from './cluster-config.ts';
import { nodeIdSchema } from './fault-rule.ts';

const weight = z.int().min(0).max(1_000);

/** How often each kind of request is asked, against the others. */
const mixSchema = z
  .strictObject({
    append: weight.default(0),
    /** An append on condition that the last client entry is the one that this client saw last. */
    conditionalAppend: weight.default(0),
    linearizableRead: weight.default(0),
    leaseRead: weight.default(0),
    localRead: weight.default(0),
  })
  .refine((mix) => Object.values(mix).some((share) => share > 0), 'at least one kind of request is asked');

export const workloadSchema = z.strictObject({
  /** Each has one request under way at most. */
  clients: z.int().min(1).max(limits.workloadClientsMax).default(4),
  /** All clients together. Without it each asks again as soon as it was answered. */
  requestsPerSecond: z.int().min(1).max(limits.workloadRequestsPerSecondMax).exactOptional(),
  mix: mixSchema.default({ append: 8, conditionalAppend: 1, linearizableRead: 1, leaseRead: 0, localRead: 0 }),
  payloadBytes: z.int().min(1).max(limits.workloadPayloadBytesMax).default(16),
  /** Whom they ask: everybody in turn, whoever leads, or one server. */
  node: z.union([z.literal('any'), z.literal('leader'), nodeIdSchema]).default('any'),
  /** Each client opens a session, and repeats within it what has an unknown outcome. */
  sessions: z.boolean().default(true),
});

/** As it is given; what is missing has a default. */
export type WorkloadRequest = z.input<typeof workloadSchema>;
export type Workload = z.output<typeof workloadSchema>;

/** Of one stretch of time. Latencies are of what was answered well, ns; 0 when nothing was. */
export interface WorkloadFigures {
  /** How long the stretch was, ns. */
  readonly spanNs: number;
  readonly answered: number;
  /** Certainly without effect: refused, no leader, overloaded. */
  readonly failed: number;
  readonly unknown: number;
  readonly p50Ns: number;
  readonly p99Ns: number;
}

export type WorkloadEvent =
  | { readonly type: 'workload-started'; readonly workload: Workload }
  /** Once a second, and when it ends. */
  | { readonly type: 'workload-figures'; readonly figures: WorkloadFigures }
  /** `figures`: of all of it. */
  | { readonly type: 'workload-stopped'; readonly reason: string; readonly figures: WorkloadFigures };
