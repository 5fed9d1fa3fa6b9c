/**
 * Stands where `electron` would be in unit tests: the real package starts a download when imported outside Electron.
 * A test of main/hosts/electron replaces it with `vi.mock('electron', …)`; the built app runs against a real stand-in in test/e2e.
 */
throw new Error(
  "A unit test imported 'electron'. Only main/hosts/electron may import it: pass what you need as an argument, or use vi.mock('electron', …).",
);
