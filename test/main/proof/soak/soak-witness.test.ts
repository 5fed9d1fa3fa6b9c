import { expect, it } from 'vitest';
import { SoakWitness } from '../../../../main/proof/soak/soak-witness.ts';
import { EventStory } from '../../../support/event-story.ts';

it('keeps violations with what led to them, and lost evidence apart', () => {
  const story = new EventStory();
  const witness = new SoakWitness(() => false);
  witness.observe([story.lab({ type: 'node-launched', target: 3 })]);
  witness.observe([story.lab({ type: 'evidence-lost', promise: 'durability', reason: 'a gap' })]);
  expect(witness.lastLines).toBeUndefined();
  const violation = { type: 'violation-found', promise: 'monotonic', sentence: 'It fell.', conflict: [] } as const;
  witness.observe([story.lab(violation)]);
  expect(witness.violations).toEqual([{ promise: 'monotonic', sentence: 'It fell.' }]);
  expect(witness.evidenceLost).toEqual({ durability: 'a gap' });
  expect(witness.lastLines?.[0]).toContain('launches node 3');
});

it('takes no offence at a server that gives up on a troubled disk', () => {
  const story = new EventStory();
  const witness = new SoakWitness((node) => node === 1);
  const gaveUp = { type: 'node-ended', cause: 'failed', reason: 'no space' } as const;
  witness.observe([story.lab({ ...gaveUp, target: 1 }), story.lab({ ...gaveUp, target: 2 })]);
  expect(witness).toMatchObject({ gaveUp: 1, problems: ['node 2 gave up: no space'] });
});
