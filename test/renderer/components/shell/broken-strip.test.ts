// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it } from 'vitest';
import BrokenStrip from '../../../../renderer/components/shell/broken-strip.vue';
import { labSourceId } from '../../../../shared/ids.ts';
import { EventStory } from '../../../support/event-story.ts';
import { byTestId, mountOnLab, type MountedOnLab } from '../../../support/mount-on-lab.ts';

let lab: MountedOnLab;
let story: EventStory;

beforeEach(async () => {
  story = new EventStory().cluster(2);
  lab = await mountOnLab(BrokenStrip, story);
});
afterEach(() => lab.page.unmount());

const violation = {
  type: 'violation-found',
  promise: 'election-safety',
  rule: 'one-vote-per-term',
  sentence: 'Servers 0 and 1 both lead in term 4.',
  conflict: [],
} as const;

it('is not there while every promise is held', () => {
  expect(document.querySelector('[data-testid="broken-strip"]')).toBeNull();
});

it('says what was broken first, how, and how often something was, as an alert', async () => {
  story.tell(labSourceId, violation);
  await lab.goOn();
  const strip = byTestId('broken-strip');
  expect(strip.getAttribute('role')).toBe('alert');
  expect(strip.textContent).toContain('This cluster has broken a promise');
  expect(strip.textContent).toContain('Servers 0 and 1 both lead in term 4.');
  expect(strip.textContent).toContain('guarded by §5.2 one-vote-per-term');
  story.tell(labSourceId, { ...violation, promise: 'log-matching', sentence: 'Logs differ.' });
  await lab.goOn();
  expect(strip.textContent).toContain('2 times');
  expect(byTestId('broken-sentence').textContent).toContain('both lead');
});
