import { describe, expect, it, vi } from 'vitest';
import { canOpenBrowser, openBrowser } from '../../../../main/hosts/cli/browser.ts';

describe('a browser', () => {
  it('can be opened where someone sits before a display', () => {
    expect(canOpenBrowser({ DISPLAY: ':0' }, 'linux')).toBe(true);
    expect(canOpenBrowser({}, 'darwin')).toBe(true);
    expect(canOpenBrowser({ CI: 'false' }, 'win32')).toBe(true);
  });

  it.each([
    ['in CI', { CI: 'true', DISPLAY: ':0' }],
    ['over SSH', { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22', DISPLAY: ':10' }],
    ['in a terminal over SSH', { SSH_TTY: '/dev/pts/0', DISPLAY: ':10' }],
    ['without a display', {}],
    ['where it is not wanted', { BROWSER: 'none', DISPLAY: ':0' }],
  ])('can’t be opened %s', (_where, environment) => {
    expect(canOpenBrowser(environment, 'linux')).toBe(false);
  });

  it('is not tried there, and nothing is said', async () => {
    const say = vi.fn<(line: string) => void>();
    await openBrowser('http://127.0.0.1:1/', { CI: '1' }, say);
    expect(say).not.toHaveBeenCalled();
  });
});
