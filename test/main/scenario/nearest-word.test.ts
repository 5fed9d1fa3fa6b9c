import { expect, it } from 'vitest';
import { didYouMean, nearestWord } from '../../../main/scenario/nearest-word.ts';

it('finds the word that is meant, and none where nothing is near', () => {
  const words = ['steps', 'title', 'crash-node', 'heal-all'];
  expect(nearestWord('stpes', words)).toBe('steps');
  expect(nearestWord('crashNode', words)).toBe('crash-node');
  expect(nearestWord('Titel', words)).toBe('title');
  expect(nearestWord('partition', words)).toBeUndefined();
  expect(nearestWord('', words)).toBeUndefined();
});

it('asks whether it was meant', () => {
  expect(didYouMean('stps', ['steps'])).toBe('; did you mean "steps"?');
  expect(didYouMean('elsewhere', ['steps'])).toBe('');
});
