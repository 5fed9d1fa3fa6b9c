import { expect, it } from 'vitest';
import { completionsFor } from '../../../../renderer/components/logs/directive-completions.ts';

const labels = (text: string, caret = text.length): string[] => completionsFor(text, caret).map(({ label }) => label);
const values = (text: string, caret = text.length): string[] => completionsFor(text, caret).map(({ value }) => value);

it('offers levels and targets', () => {
  expect(labels('')).toEqual(expect.arrayContaining(['info', 'off', 'raft=', 'check=']));
  expect(labels('d')).toEqual(['debug', 'disk=']);
  expect(labels('nothing')).toEqual([]);
});

it('offers the levels of a target behind its sign', () => {
  expect(values('info,net=t')).toEqual(['info,net=trace']);
  expect(values('info, net=')).toContain('info,net=debug');
});

it('changes only the directive that the caret is in', () => {
  expect(values('ra,net=trace', 2)).toEqual(['raft=,net=trace']);
});
