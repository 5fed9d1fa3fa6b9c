import { describe, expect, it } from 'vitest';
import {
  because,
  counted,
  inBrackets,
  millisecondsText,
  ruleTag,
  sectionLabel,
  span,
} from '../../../shared/projection/log-line-words.ts';

describe('rules', () => {
  it('names the section of the paper or of the dissertation', () => {
    expect(sectionLabel('up-to-date-vote')).toBe('§5.4.1');
    expect(sectionLabel('read-index-confirms')).toBe('D§6.4');
  });

  it('tags a line with its rule, or with nothing', () => {
    expect(ruleTag('up-to-date-vote')).toBe(' [§5.4.1 up-to-date-vote]');
    expect(ruleTag(undefined)).toBe('');
  });
});

describe('words', () => {
  it('leaves out a reason that is not given', () => {
    expect(because('')).toBe('');
    expect(because('asked to')).toBe(': asked to');
    expect(inBrackets('')).toBe('');
    expect(inBrackets('2 of 3')).toBe(' (2 of 3)');
  });

  it('counts one and many, and spans of one and many', () => {
    expect(counted(1, 'entry', 'entries')).toBe('1 entry');
    expect(counted(0, 'entry', 'entries')).toBe('0 entries');
    expect(span(5, 5)).toBe('5');
    expect(span(5, 7)).toBe('5–7');
  });

  it('gives milliseconds three digits that matter', () => {
    expect(millisecondsText(840_000)).toBe('0.84 ms');
    expect(millisecondsText(12_340_000)).toBe('12.3 ms');
    expect(millisecondsText(231_400_000)).toBe('231 ms');
  });
});
