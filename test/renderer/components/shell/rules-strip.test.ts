// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it } from 'vitest';
import RulesStrip from '../../../../renderer/components/shell/rules-strip.vue';
import { EventStory } from '../../../support/event-story.ts';
import { byTestId, mountOnLab, type MountedOnLab } from '../../../support/mount-on-lab.ts';

let lab: MountedOnLab;
let story: EventStory;

beforeEach(async () => {
  story = new EventStory().cluster(2);
  lab = await mountOnLab(RulesStrip, story);
});
afterEach(() => lab.page.unmount());

it('is not there while all rules are on', () => {
  expect(document.querySelector('[data-testid="rules-strip"]')).toBeNull();
});

it('says which rules are off on any node, as an alert, until they are on again', async () => {
  story.tell(1, { type: 'rules-changed', rulesOff: ['up-to-date-vote', 'pre-vote'], reason: '' });
  await lab.goOn();
  const strip = byTestId('rules-strip');
  expect(strip.getAttribute('role')).toBe('alert');
  expect(strip.textContent).toContain('2 rules of Raft are off');
  expect([...strip.querySelectorAll<HTMLElement>('[data-rule]')].map((rule) => rule.dataset['rule'])).toEqual([
    'up-to-date-vote',
    'pre-vote',
  ]);
  byTestId('strip-all-on').click();
  await lab.agree();
  expect(lab.commands()).toEqual([{ type: 'set-rules', rulesOff: [] }]);
  story.tell(1, { type: 'rules-changed', rulesOff: [], reason: '' });
  await lab.goOn();
  expect(document.querySelector('[data-testid="rules-strip"]')).toBeNull();
});
