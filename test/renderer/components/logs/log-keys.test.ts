import { describe, expect, it } from 'vitest';
import { logKeyAction } from '../../../../renderer/components/logs/log-keys.ts';

const plain = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

describe('logKeyAction', () => {
  it('extends the run with Shift', () => {
    expect(logKeyAction({ ...plain, key: 'ArrowUp' })).toMatchObject({ kind: 'move', step: -1, extend: false });
    expect(logKeyAction({ ...plain, key: 'ArrowUp', shiftKey: true })).toMatchObject({ step: -1, extend: true });
    expect(logKeyAction({ ...plain, key: 'End', shiftKey: true })).toMatchObject({ edge: 'last', extend: true });
  });

  it('searches backwards with the capital letter', () => {
    expect(logKeyAction({ ...plain, key: 'w' })).toEqual({ kind: 'find', wanted: 'warn', step: 1 });
    expect(logKeyAction({ ...plain, key: 'E', shiftKey: true })).toEqual({ kind: 'find', wanted: 'error', step: -1 });
  });

  it('leaves other keys and other shortcuts to the page', () => {
    expect(logKeyAction({ ...plain, key: 'x' })).toBeUndefined();
    expect(logKeyAction({ ...plain, key: 'e', ctrlKey: true })).toBeUndefined();
    expect(logKeyAction({ ...plain, key: 'End', altKey: true })).toBeUndefined();
    expect(logKeyAction({ ...plain, key: 'c', metaKey: true })).toEqual({ kind: 'copy' });
  });
});
