/** A world for workloads in virtual time: servers that answer by a script, after a latency. */
import type { AppendAnswer, ClientAnswer } from '../../shared/client-request.ts';
import type { NodeId } from '../../shared/ids.ts';
import { fail, succeed, type Failure, type Result } from '../../shared/result.ts';
import {
  workloadSchema,
  type WorkloadEvent,
  type WorkloadFigures,
  type WorkloadRequest,
} from '../../shared/workload.ts';
import type { WorkloadAsk, WorkloadPort } from '../../main/workload/workload-port.ts';
import { RunningWorkload } from '../../main/workload/workload.ts';

export const millisecond = 1_000_000;

/** Takes what it does not answer itself to the log. */
type Script = (ask: WorkloadAsk) => Result<ClientAnswer> | undefined;

export class WorkloadWorld implements WorkloadPort {
  readonly asked: (WorkloadAsk & { readonly atNs: number })[] = [];
  readonly told: WorkloadEvent[] = [];
  running: readonly NodeId[] = [0, 1, 2];
  leads: NodeId | undefined = 1;
  latencyMs = 2;
  script: Script = () => undefined;
  lastIndex = 0;
  #nowNs = 0;
  #nextId = 0;
  readonly #due = new Map<number, { readonly atNs: number; readonly run: () => void }>();

  ask(ask: WorkloadAsk, done: (result: Result<ClientAnswer>) => void): void {
    this.asked.push({ ...ask, atNs: this.#nowNs });
    this.after(this.latencyMs, () => done(this.script(ask) ?? succeed(this.#serve(ask))));
  }

  after(delayMs: number, run: () => void): () => void {
    const id = (this.#nextId += 1);
    this.#due.set(id, { atNs: this.#nowNs + delayMs * millisecond, run });
    return () => this.#due.delete(id);
  }

  nowNs(): number {
    return this.#nowNs;
  }

  leader(): NodeId | undefined {
    return this.leads;
  }

  nodes(): readonly NodeId[] {
    return this.running;
  }

  tell(event: WorkloadEvent): void {
    this.told.push(event);
  }

  /** What waits for its time. */
  get waiting(): number {
    return this.#due.size;
  }

  /** Runs what is due in so many milliseconds, each in its time. */
  pass(milliseconds: number): void {
    const untilNs = this.#nowNs + milliseconds * millisecond;
    for (;;) {
      const [next] = [...this.#due].toSorted(
        ([leftId, left], [rightId, right]) => left.atNs - right.atNs || leftId - rightId,
      );
      if (!next || next[1].atNs > untilNs) break;
      this.#due.delete(next[0]);
      this.#nowNs = next[1].atNs;
      next[1].run();
    }
    this.#nowNs = untilNs;
  }

  start(request: WorkloadRequest, seed = 7): RunningWorkload {
    return new RunningWorkload(this, workloadSchema.parse(request), seed);
  }

  /** The figures of each second. */
  figures(): WorkloadFigures[] {
    return this.told.flatMap((event) => (event.type === 'workload-figures' ? [event.figures] : []));
  }

  /** Requests of one kind in the order in which they were sent. */
  requests<Kind extends WorkloadAsk['request']['kind']>(kind: Kind): Extract<WorkloadAsk['request'], { kind: Kind }>[] {
    return this.asked.flatMap(({ request }) => (isOf(request, kind) ? [request] : []));
  }

  #serve({ request }: WorkloadAsk): ClientAnswer {
    if (request.kind === 'index-range') return { kind: 'index-range', entries: [], appliedIndex: this.lastIndex };
    this.lastIndex += 1;
    if (request.kind === 'open-session') return { kind: 'open-session', sessionId: this.lastIndex };
    const answer: AppendAnswer = { kind: 'append', firstIndex: this.lastIndex, lastIndex: this.lastIndex, term: 1 };
    return answer;
  }
}

function isOf<Kind extends WorkloadAsk['request']['kind']>(
  request: WorkloadAsk['request'],
  kind: Kind,
): request is Extract<WorkloadAsk['request'], { kind: Kind }> {
  return request.kind === kind;
}

export const nobodyKnows = fail('timed-out', 'Nobody answered.');

export function failure(failed: Failure): Result<never> {
  return { ok: false, failure: failed };
}
