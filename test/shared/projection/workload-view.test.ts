import { describe, expect, it } from 'vitest';
import type { EventBody } from '../../../shared/event.ts';
import { labSourceId } from '../../../shared/ids.ts';
import { noWorkload, projectWorkload, type WorkloadView } from '../../../shared/projection/workload-view.ts';
import { workloadSchema } from '../../../shared/workload.ts';
import { pageStream, startOf } from '../../support/page-events.ts';

const workload = workloadSchema.parse({});
const figures = { spanNs: 1e9, answered: 10, failed: 1, unknown: 0, p50Ns: 2e6, p99Ns: 5e6 };

function after(...bodies: EventBody[]): WorkloadView {
  const stream = pageStream();
  return bodies.reduce((view, body) => projectWorkload(view, stream.next(labSourceId, body)), noWorkload);
}

describe('a workload', () => {
  it('runs, tells its figures, and ends with those of all of it', () => {
    const started: EventBody = { type: 'workload-started', workload };
    expect(after(started)).toEqual({ workload, isRunning: true, startedNs: 1e6, figures: null, ending: '' });
    expect(after(started, { type: 'workload-figures', figures })).toMatchObject({ isRunning: true, figures });
    const all = { ...figures, answered: 99 };
    expect(after(started, { type: 'workload-stopped', reason: 'Asked to.', figures: all })).toMatchObject({
      isRunning: false,
      figures: all,
      ending: 'Asked to.',
    });
  });

  it('that has ended is forgotten with its cluster', () => {
    const view = after(
      { type: 'workload-started', workload },
      { type: 'workload-stopped', reason: 'The cluster ends.', figures },
    );
    expect(projectWorkload(view, startOf(pageStream(), 3))).toBe(noWorkload);
  });

  it('changes by nothing else', () => {
    const view = after({ type: 'workload-started', workload });
    expect(projectWorkload(view, pageStream().next(labSourceId, { type: 'node-launched', target: 1 }))).toBe(view);
  });
});
