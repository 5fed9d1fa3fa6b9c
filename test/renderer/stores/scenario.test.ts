// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useScenarioStore } from '../../../renderer/stores/scenario.ts';
import type { LabEvent } from '../../../shared/event.ts';
import { labSourceId } from '../../../shared/ids.ts';
import { fail, succeed } from '../../../shared/result.ts';
import { labThatAnswers } from '../../support/fake-lab.ts';
import { pageStream, snapshotAfter } from '../../support/page-events.ts';

const order = { text: 'title: x', variant: '', world: 'real', seed: null } as const;

function run(): LabEvent[] {
  const stream = pageStream();
  return [
    stream.next(labSourceId, { type: 'scenario-started', title: 'First election', steps: 2 }),
    stream.next(0, { type: 'leader-known', leaderId: 0, term: 1 }),
    stream.next(labSourceId, { type: 'scenario-step', step: 1, text: 'expects new leader' }),
    stream.next(labSourceId, { type: 'scenario-step', step: 2, text: 'append' }),
  ];
}

beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
});

describe('the scenario that runs', () => {
  it('is followed live, with the positions of its steps', () => {
    labThatAnswers(() => succeed(null));
    const store = useScenarioStore();
    store.take(run(), 0, 100);
    expect(store.view.steps.map(({ number, position }) => [number, position])).toEqual([
      [1, 102],
      [2, 103],
    ]);
  });

  it('is there for a page that comes later, from what the lab brings along', () => {
    labThatAnswers(() => succeed(null));
    const store = useScenarioStore();
    store.reset(snapshotAfter(run()));
    expect(store.view).toMatchObject({ status: 'running', title: 'First election' });
    expect(store.view.steps.map(({ position }) => position)).toEqual([2, 3]);
  });

  it('is asked for where it began before that, and loses nothing that comes meanwhile', async () => {
    const events = run();
    labThatAnswers(
      () => succeed(null),
      (query) => {
        if (query.type === 'find-event') return succeed({ position: 0, event: events[0] });
        return succeed({ positions: [0, 2], events: [events[0], events[2]], next: 3 });
      },
    );
    const store = useScenarioStore();
    store.reset(snapshotAfter(events.slice(0, 3), 0));
    store.take(events.slice(3), 0, 3);
    await vi.waitFor(() => expect(store.view.steps.map(({ position }) => position)).toEqual([2, 3]));
    expect(store.view.title).toBe('First election');
  });
});

describe('an order', () => {
  it('is sent with what was chosen, and shows the run', async () => {
    const lab = labThatAnswers(() => succeed(null));
    const store = useScenarioStore();
    expect(await store.run({ ...order, variant: 'rule off', world: 'simulated', seed: 7 })).toBe(true);
    expect(await store.run(order)).toBe(true);
    expect(lab.commands).toEqual([
      { type: 'run-scenario', text: 'title: x', world: 'simulated', variant: 'rule off', seed: 7 },
      { type: 'run-scenario', text: 'title: x', world: 'real' },
    ]);
    expect(store.face).toBe('run');
  });

  it('that is refused says why, and stays', async () => {
    labThatAnswers(() => fail('invalid', '2:1: unknown key "stpes"'));
    const store = useScenarioStore();
    store.edit('stpes');
    expect(await store.run(order)).toBe(false);
    expect(store.failure?.message).toContain('stpes');
    expect(store.face).toBe('editor');
    store.edit('steps');
    expect(store.failure).toBeNull();
  });
});

it('puts what was done by hand into the editor', async () => {
  labThatAnswers(() => succeed({ text: 'title: Mine' }));
  const store = useScenarioStore();
  expect(await store.save('Mine')).toBe(true);
  expect([store.face, store.draft]).toEqual(['editor', 'title: Mine']);
});
