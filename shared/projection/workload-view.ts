/** The clients that ask by themselves, as they stand: a pure fold over the stream. */
import type { LabEvent } from '../event.ts';
import type { Workload, WorkloadFigures } from '../workload.ts';

export interface WorkloadView {
  /** What runs, or ran last; null before the first one. */
  readonly workload: Workload | null;
  readonly isRunning: boolean;
  readonly startedNs: number;
  /** Of the last second while it runs; of all of it when it has ended. */
  readonly figures: WorkloadFigures | null;
  /** Why it ended; empty while it runs. */
  readonly ending: string;
}

export const noWorkload: WorkloadView = { workload: null, isRunning: false, startedNs: 0, figures: null, ending: '' };

/** One step of the fold. The very same object when nothing changed. */
export function projectWorkload(view: WorkloadView, event: LabEvent): WorkloadView {
  switch (event.type) {
    case 'workload-started':
      return { workload: event.workload, isRunning: true, startedNs: event.timeNs, figures: null, ending: '' };
    case 'workload-figures':
      return view.isRunning ? { ...view, figures: event.figures } : view;
    case 'workload-stopped':
      return { ...view, isRunning: false, figures: event.figures, ending: event.reason };
    case 'cluster-started':
      return view.isRunning ? view : noWorkload;
    default:
      return view;
  }
}
