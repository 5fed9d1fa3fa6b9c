import { expect, it } from 'vitest';
import { workloadSchema } from '../../../shared/workload.ts';
import { ScenarioStory } from '../../support/scenario-story.ts';

const figures = { spanNs: 1e9, answered: 10, failed: 2, unknown: 1, p50Ns: 1, p99Ns: 2 };
const workload = workloadSchema.parse({});

it('adds the figures of a workload up', () => {
  const story = new ScenarioStory();
  const watches = ['workload answered >= 20', 'workload failed >= 4', 'workload unknown at most 1'].map((words) =>
    story.watch(words),
  );
  story.lab({ type: 'workload-started', workload });
  story.lab({ type: 'workload-figures', figures });
  expect(watches.map((holds) => holds())).toEqual([false, false, true]);
  story.lab({ type: 'workload-figures', figures });
  expect(watches.map((holds) => holds())).toEqual([true, true, false]);
});

it('measures the longest time without an answer, the one that goes on included, while a workload runs', () => {
  const story = new ScenarioStory();
  const short = story.watch('longest time without an answer at most 0 ms');
  const brief = story.watch({ 'longest-silence': '<= 1 ms' });
  expect(short()).toBe(true);
  story.lab({ type: 'workload-started', workload });
  for (let events = 0; events < 500; events += 1) {
    const outcome = { kind: 'appended', firstIndex: 1, lastIndex: 1, term: 1 } as const;
    story.lab({ type: 'request-answered', requestId: 'r', target: 0, latencyNs: 1, outcome });
    story.lab({ type: 'workload-figures', figures: { ...figures, answered: 0 } });
  }
  expect([short(), brief()]).toEqual([false, true]);
  // Each event of the story takes a microsecond.
  for (let events = 0; events < 1_100; events += 1) {
    story.lab({ type: 'workload-figures', figures: { ...figures, answered: 0 } });
  }
  expect(brief()).toBe(false);
  story.lab({ type: 'workload-stopped', reason: 'as asked', figures });
  expect(brief()).toBe(false);
});
