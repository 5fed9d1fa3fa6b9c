// @vitest-environment happy-dom
import { enableAutoUnmount, flushPromises, type VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import MembersPanel from '../../../../renderer/components/members/members-panel.vue';
import { useClusterStore } from '../../../../renderer/stores/cluster.ts';
import type { Command } from '../../../../shared/command.ts';
import { votersOnly } from '../../../../shared/configuration.ts';
import { fail, succeed, type Result } from '../../../../shared/result.ts';
import { EventStory } from '../../../support/event-story.ts';
import { labThatAnswers, type FakeLab } from '../../../support/fake-lab.ts';
import { mountPane, testId } from '../../../support/mount-pane.ts';

let lab: FakeLab;
let panel: VueWrapper;
let story: EventStory;
let answer: (command: Command) => Result<unknown> | Promise<Result<unknown>>;
let told = 0;

enableAutoUnmount(afterEach);

beforeEach(() => {
  setActivePinia(createPinia());
  answer = ({ type }) => succeed({ kind: type, index: 9 });
  lab = labThatAnswers((command) => answer(command));
  told = 0;
  story = new EventStory().cluster(4).elect(1, 2, 4);
  goOn();
  panel = mountPane(MembersPanel);
});

function goOn(): void {
  useClusterStore().take(story.events.slice(told), 0);
  told = story.events.length;
}

async function submit(id: string): Promise<void> {
  await panel.get(testId(id)).trigger('submit');
  await flushPromises();
}

const words = (id: string): string => panel.get(testId(id)).text();
const isTicked = (id: string): boolean => panel.get(testId(id)).attributes('aria-checked') === 'true';

describe('the membership', () => {
  it('is shown as it is in force, and as it changes', async () => {
    expect(words('configuration')).toBe('{0,1,2,3}, since the start');
    const configuration = { ...votersOnly([0, 1]), learners: votersOnly([3]).voters };
    story.tell(1, { type: 'configuration-changed', index: 5, configuration, reason: '' });
    story.tell(1, { type: 'membership-step', step: 'catch-up', term: 2, reason: 'node 3 catches up' });
    goOn();
    await flushPromises();
    expect(words('configuration')).toBe('{0,1} + learners {3}, entry 5, not committed');
    expect(words('membership-under-way')).toBe('node 3 catches up');
    expect(isTicked('member-1-voter')).toBe(true);
    expect(isTicked('member-2-voter')).toBe(false);
    expect(isTicked('member-3-learner')).toBe(true);
    story.tell(1, { type: 'commit-advanced', from: 0, to: 5, term: 2, reason: '' });
    goOn();
    await flushPromises();
    expect(words('configuration')).toBe('{0,1} + learners {3}, entry 5');
  });

  it('is changed to what is ticked: a node votes or learns', async () => {
    await panel.get(testId('member-3-learner')).trigger('click');
    await panel.get(testId('member-0-voter')).trigger('click');
    expect(isTicked('member-3-voter')).toBe(false);
    await submit('membership-submit');
    expect(lab.commands).toEqual([{ type: 'change-membership', mode: 'joint', voters: [1, 2], learners: [3] }]);
    expect(words('membership-result')).toContain('Committed at index 9.');
  });

  it('is changed without a joint phase when that is chosen, and a refusal is shown in the leader’s words', async () => {
    answer = () => fail('refused', 'One voter more or less at a time.');
    const [, single] = panel.findAll(`${testId('membership-mode')} [role="radio"]`);
    await single?.trigger('click');
    await submit('membership-submit');
    expect(lab.commands).toMatchObject([{ mode: 'single-server' }]);
    expect(words('membership-result')).toContain('One voter more or less at a time.');
    expect(panel.get(`${testId('membership-result')} [data-outcome]`).attributes('data-outcome')).toBe('refused');
  });

  it('asks for nothing without a voter', async () => {
    for (const id of [0, 1, 2, 3]) await panel.get(testId(`member-${id}-voter`)).trigger('click');
    await submit('membership-submit');
    expect(lab.commands).toEqual([]);
    expect(words('membership-result')).toContain('Leave at least one voter.');
  });

  it('names each box by its node', () => {
    const groups = panel.findAll('[role="group"]').map((group) => group.attributes('aria-label'));
    expect(groups).toEqual(['Node 0', 'Node 1', 'Node 2', 'Node 3']);
  });
});

describe('the office', () => {
  it('is handed to another voter, and it is said how far that is', async () => {
    const options = panel.findAll(`${testId('transfer-to')} option`).map((option) => option.text());
    expect(options).toEqual(['Node 0', 'Node 2', 'Node 3']);
    await panel.get(testId('transfer-to')).setValue('3');
    await submit('transfer-submit');
    expect(lab.commands).toEqual([{ type: 'transfer-leadership', to: 3 }]);
    expect(words('transfer-result')).toContain('Node 3 leads now.');
    story.tell(1, { type: 'transfer-started', to: 3, term: 2, reason: '' });
    goOn();
    await flushPromises();
    expect(panel.text()).toContain('It hands its office to node 3.');
  });

  it('has no successor in a cluster of one', async () => {
    story.cluster(1).elect(0, 1, 1);
    goOn();
    await flushPromises();
    expect(panel.get(testId('transfer-submit')).attributes('disabled')).toBeDefined();
  });
});

describe('the retention', () => {
  const shown = () => panel.get<HTMLInputElement>(testId('retention')).element.value;
  const tell = async (index: number, retainEntries: number) => {
    story.tell(1, { type: 'retention-changed', index, retainEntries });
    story.tell(1, { type: 'entries-applied', from: index, to: index, digest: 0 });
    goOn();
    await flushPromises();
  };

  it('in force is shown, and what is typed stays', async () => {
    expect(shown()).toBe('0');
    await tell(5, 30);
    expect(shown()).toBe('30');
    await panel.get(testId('retention')).setValue('7');
    await tell(6, 40);
    expect(shown()).toBe('7');
  });

  it('is set for all nodes', async () => {
    await panel.get(testId('retention')).setValue('1000');
    await submit('retention-submit');
    expect(lab.commands).toEqual([{ type: 'set-retention', retainEntries: 1_000 }]);
    expect(words('retention-result')).toContain('The last 1,000 are kept from now on (entry 9 says so).');
  });

  it('of 0 brings nothing back: it only drops no more', async () => {
    await panel.get(testId('retention')).setValue('0');
    await submit('retention-submit');
    expect(words('retention-result')).toContain('Nothing more is dropped from now on (entry 9 says so).');
  });

  it('must be a whole number', async () => {
    await panel.get(testId('retention')).setValue('a few');
    await submit('retention-submit');
    expect(lab.commands).toEqual([]);
    expect(words('retention-result')).toContain('must be a whole number');
  });
});
