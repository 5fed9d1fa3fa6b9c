/** What a session file says of itself. */
import { expect, it } from 'vitest';
import { isSessionHeader, sessionFileName } from '../../../main/session/session-header.ts';
import { testHeader } from '../../support/kept-stream.ts';

it('is believed when nothing is missing, whatever a later version adds', () => {
  expect(isSessionHeader(testHeader)).toBe(true);
  expect(isSessionHeader({ ...testHeader, note: 'x' })).toBe(true);
});

it.each([null, 'x', {}, { ...testHeader, world: 'dream' }, { ...testHeader, startedAtMs: undefined }])(
  'is not believed otherwise: %#',
  (value) => {
    expect(isSessionHeader(value)).toBe(false);
  },
);

it('names its file by time and session', () => {
  expect(sessionFileName(testHeader)).toBe('2026-11-24T031702Z-1b9d6bcd.raftlab');
  expect(sessionFileName({ ...testHeader, session: '../x:y' })).toBe('2026-11-24T031702Z-xy.raftlab');
});
