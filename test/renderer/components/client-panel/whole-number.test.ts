import { describe, expect, it } from 'vitest';
import { parseWholeNumber } from '../../../../renderer/components/client-panel/whole-number.ts';

describe('parseWholeNumber', () => {
  it('takes digits, with blanks around them', () => {
    expect(parseWholeNumber('Start', ' 12 ')).toEqual({ ok: true, value: 12 });
    expect(parseWholeNumber('Start', '9007199254740991')).toEqual({ ok: true, value: Number.MAX_SAFE_INTEGER });
  });

  it.each(['', '-1', '1.5', '1e3', '0x10', 'five', '9007199254740992'])(
    'refuses %j and says what it wants',
    (typed) => {
      const parsed = parseWholeNumber('Start', typed);
      expect(parsed).toEqual({ ok: false, problem: 'Start must be a whole number from 0 to 9007199254740991.' });
    },
  );
});
