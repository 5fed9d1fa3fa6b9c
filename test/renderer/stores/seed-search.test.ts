// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { useNoticesStore } from '../../../renderer/stores/notices.ts';
import { useSeedSearchStore } from '../../../renderer/stores/seed-search.ts';
import { defaultChoice, useStartChoiceStore } from '../../../renderer/stores/start-choice.ts';
import { fail, succeed } from '../../../shared/result.ts';
import { labThatAnswers } from '../../support/fake-lab.ts';

beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
});

describe('the search for a seed', () => {
  it('asks from the chosen seed on; what is found is said, and is the last choice', async () => {
    const lab = labThatAnswers(() => succeed({ seed: 77 }));
    const found = await useSeedSearchStore().find('violation', {
      ...defaultChoice,
      seed: 5,
      rulesOff: ['up-to-date-vote'],
    });
    expect(found).toBe(true);
    expect(lab.commands).toMatchObject([
      { type: 'find-seed', looking: 'violation', nodes: 3, from: 5, rulesOff: ['up-to-date-vote'] },
    ]);
    expect(useStartChoiceStore().choice).toMatchObject({ world: 'simulated', seed: 77 });
    expect(useNoticesStore().notices[0]?.text).toContain('seed 77');
  });

  it('keeps why nothing was found, and says nothing when it was stopped', async () => {
    const search = useSeedSearchStore();
    labThatAnswers(() => fail('unusable', 'None of 10,000 seeds shows it.'));
    expect(await search.find('two-leaders', defaultChoice)).toBe(false);
    expect(search.problem).toContain('10,000');
    labThatAnswers(() => fail('not-running', 'The search was ended.'));
    expect(await search.find('two-leaders', defaultChoice)).toBe(false);
    expect(search.problem).toBe('');
    expect(useStartChoiceStore().choice).toEqual(defaultChoice);
  });
});
