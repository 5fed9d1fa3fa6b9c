// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest';
import LeaderlessNote from '../../../../renderer/components/stage/leaderless-note.vue';
import { EventStory } from '../../../support/event-story.ts';
import { byTestId, mountOnLab, type MountedOnLab } from '../../../support/mount-on-lab.ts';

let lab: MountedOnLab;
afterEach(() => lab.page.unmount());

it('says why there is no leader, and goes away when there is one', async () => {
  const story = new EventStory().cluster(3);
  story.lab({ type: 'node-ended', target: 0, cause: 'crashed', reason: '' });
  story.lab({ type: 'node-ended', target: 2, cause: 'crashed', reason: '' });
  lab = await mountOnLab(LeaderlessNote, story);
  expect(byTestId('why-no-leader').textContent).toContain('No majority: 1 of 3 voters can vote, 2 are needed.');
  story.start(2, 3, 2).elect(2, 1, 3);
  await lab.goOn();
  await expect.poll(() => document.querySelector('[data-testid="why-no-leader"]')).toBeNull();
});
