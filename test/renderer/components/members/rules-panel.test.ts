// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import RulesPanel from '../../../../renderer/components/members/rules-panel.vue';
import { rules, ruleIds } from '../../../../shared/rules.ts';
import { EventStory } from '../../../support/event-story.ts';
import { byTestId, mountOnLab, type MountedOnLab } from '../../../support/mount-on-lab.ts';

let lab: MountedOnLab;
let story: EventStory;

beforeEach(async () => {
  story = new EventStory().cluster(1);
  lab = await mountOnLab(RulesPanel, story);
});
afterEach(() => lab.page.unmount());

const isOn = (id: string): boolean => byTestId(`rule-${id}`).getAttribute('aria-checked') === 'true';

describe('the rules', () => {
  it('are all there, each with what it says, what happens without it and what it promises', () => {
    expect(document.querySelectorAll('[role="switch"]')).toHaveLength(ruleIds.length);
    const rule = byTestId('rule-own-term-commit');
    expect(rule.getAttribute('aria-label')).toBe('own-term-commit');
    const words = document.querySelector(`[id="${rule.getAttribute('aria-describedby')}"]`)?.textContent;
    for (const part of [
      rules['own-term-commit'].sentence,
      rules['own-term-commit'].off,
      rules['own-term-commit'].promise,
    ])
      expect(words).toContain(part);
    expect(words).toContain('§5.4.2');
  });

  it('are switched off and on, and show what is so', async () => {
    byTestId('rule-pre-vote').click();
    await lab.agree();
    expect(lab.commands()).toEqual([{ type: 'set-rules', rulesOff: ['pre-vote'] }]);
    story.tell(0, { type: 'rules-changed', rulesOff: ['pre-vote'], reason: 'a person asked' });
    await lab.goOn();
    expect(isOn('pre-vote')).toBe(false);
    expect(lab.page.text()).toContain('One rule is off.');
    byTestId('rule-pre-vote').click();
    await lab.agree();
    expect(lab.commands().at(-1)).toEqual({ type: 'set-rules', rulesOff: [] });
  });

  it('add up when two are switched before the first is answered', async () => {
    byTestId('rule-check-quorum').click();
    byTestId('rule-pre-vote').click();
    expect(lab.commands()).toEqual([
      { type: 'set-rules', rulesOff: ['check-quorum'] },
      { type: 'set-rules', rulesOff: ['pre-vote', 'check-quorum'] },
    ]);
    await lab.agree();
    // The lab said yes, but nothing happened: the switches show what is so.
    expect(isOn('pre-vote')).toBe(true);
  });

  it('are all on again at one click', async () => {
    story.tell(0, { type: 'rules-changed', rulesOff: ['pre-vote', 'no-amnesia'], reason: '' });
    await lab.goOn();
    byTestId('rules-all-on').click();
    await lab.agree();
    expect(lab.commands()).toEqual([{ type: 'set-rules', rulesOff: [] }]);
  });
});
