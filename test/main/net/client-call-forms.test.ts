import { expect, it } from 'vitest';
import {
  answerFormBits,
  kindMask,
  requestForm,
  requestFormBits,
  requestKinds,
} from '../../../main/net/client-call-forms.ts';

it('kinds have the numbers of the table in README.md', () => {
  expect(requestKinds).toEqual([
    'append',
    'index-range',
    'open-session',
    'set-retention',
    'change-membership',
    'transfer-leadership',
  ]);
  expect(requestFormBits).toHaveLength(requestKinds.length);
});

it('the bits of a kind do not touch those that all have', () => {
  const common = kindMask | requestForm.number | requestForm.timeout;
  expect(requestFormBits.map((bits) => bits & common)).toEqual(requestKinds.map(() => 0));
  expect(answerFormBits.map((bits) => (bits ?? 0) & (kindMask | requestForm.number))).toEqual(Array(8).fill(0));
});
