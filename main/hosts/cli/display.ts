/**
 * Whether a window could be shown at all.
 */

/** On Linux a window needs an X or Wayland display; elsewhere there always is one (and WSL reaches the one of Windows). */
export function hasDisplay(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  if (platform !== 'linux') return true;
  return Boolean(environment['DISPLAY']) || Boolean(environment['WAYLAND_DISPLAY']);
}
