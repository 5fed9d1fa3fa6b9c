import { expect, it } from 'vitest';
import type { SendQuery } from '../../../shared/bridge.ts';
import type { EventBody } from '../../../shared/event.ts';
import { landmarkOf } from '../../../shared/projection/landmarks.ts';
import { findStep, landmarkTypes } from '../../../renderer/playhead/find-step.ts';
import { EventStory } from '../../support/event-story.ts';
import { StoryStore } from '../../support/story-store.ts';

const story = new EventStory().cluster(3).elect(1, 2, 3);
story.lab({ type: 'node-ended', target: 1, cause: 'crashed', reason: '' });
story.lab({ type: 'node-ended', target: 2, cause: 'failed', reason: 'disk' });
const kept = new StoryStore(story.events);
const query = kept.answer as SendQuery;

it('names every type of event that is a landmark under its kind', () => {
  const marks = story.events.flatMap((event) => landmarkOf(event, 0) ?? []);
  expect(marks.length).toBeGreaterThan(5);
  for (const { kind, type } of marks) expect(landmarkTypes[kind]).toContain(type);
  const fault: EventBody = { type: 'node-fault', target: 0, fault: 'pause', faultRule: 'pause 0', reason: '' };
  expect(landmarkTypes[landmarkOf(story.lab(fault), 0)?.kind ?? 'role']).toContain('node-fault');
});

it('finds landmarks of a kind among events of the same type', async () => {
  const found = await findStep(query, { kind: 'landmark', landmark: 'leader' }, 0, 'forwards');
  expect(found).toMatchObject({ ok: true, value: { event: { type: 'role-changed', to: 'leader', node: 1 } } });
});

it('finds errors, not every event of their type', async () => {
  const found = await findStep(query, { kind: 'error' }, story.events.length, 'backwards');
  expect(found).toMatchObject({ ok: true, value: { event: { type: 'node-ended', cause: 'failed' } } });
});

it('passes over the event that led to what is shown', async () => {
  const last = story.events.findLastIndex(({ node }) => node === 2);
  const found = await findStep(query, { kind: 'node', node: 2 }, last + 1, 'backwards');
  expect(found.ok && found.value?.position).toBeLessThan(last);
});

it('says why when the store does not answer', async () => {
  kept.isBroken = true;
  expect(await findStep(query, { kind: 'error' }, 0, 'forwards')).toMatchObject({ ok: false });
});
