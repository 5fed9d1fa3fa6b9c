/** Conditions about the clients that ask by themselves. */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { LabEvent } from '../../shared/event.ts';
import { compare } from './comparison.ts';
import type { ConditionOf } from './condition-schema.ts';
import type { Watch } from './world.ts';

type WorkloadCondition = ConditionOf<'workload-answered' | 'workload-failed' | 'workload-unknown' | 'longest-silence'>;

export function watchWorkload(condition: WorkloadCondition): Watch {
  if (condition.kind === 'longest-silence') return watchSilence(condition);
  const figures = { answered: 0, failed: 0, unknown: 0 };
  return {
    take: (event) => {
      if (event.type !== 'workload-figures') return;
      figures.answered += event.figures.answered;
      figures.failed += event.figures.failed;
      figures.unknown += event.figures.unknown;
    },
    holds: () => {
      switch (condition.kind) {
        case 'workload-answered':
          return compare(figures.answered, condition['workload-answered']);
        case 'workload-failed':
          return compare(figures.failed, condition['workload-failed']);
        default:
          return compare(figures.unknown, condition['workload-unknown']);
      }
    },
  };
}

/** The longest time, while a workload runs, in which none of its requests was answered well. */
function watchSilence(condition: ConditionOf<'longest-silence'>): Watch {
  let sinceNs: number | undefined;
  let longestNs = 0;
  const until = (nowNs: number): number => (sinceNs === undefined ? 0 : Math.max(0, nowNs - sinceNs));
  return {
    take: (event) => {
      if (event.type === 'workload-started') sinceNs = event.timeNs;
      if (sinceNs === undefined) return;
      if (!isAnswer(event) && event.type !== 'workload-stopped') return;
      longestNs = Math.max(longestNs, until(event.timeNs));
      sinceNs = event.type === 'workload-stopped' ? undefined : event.timeNs;
    },
    holds: (_world, nowNs) =>
      compare(Math.max(longestNs, until(nowNs)) / nanosecondsPerMillisecond, condition['longest-silence']),
  };
}

function isAnswer(event: LabEvent): boolean {
  if (event.type === 'workload-figures') return event.figures.answered > 0;
  return event.type === 'request-answered' && event.outcome.kind !== 'failed';
}
