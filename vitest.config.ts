/**
 * Three groups of tests. `unit` and `isolated` read the sources, `e2e` drives the built app in a real Chromium;
 * whatever starts worker threads takes them from out/, so `npm test` and `npm run test:unit` build first.
 */
import { resolve } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

const fromRoot = (path: string): string => resolve(import.meta.dirname, path);

/** Tests that change globals (happy-dom, stores, process-wide state): each file gets a thread of its own. */
const isolated = ['test/renderer/**/*.test.ts', 'test/main/hosts/**/*.test.ts', 'test/**/*.isolated.test.ts'];
const e2e = ['test/e2e/**/*.test.ts'];

/**
 * Ends only what would hang: threads, disks and browsers of a busy machine take their time. `expect.poll` has its bound from
 * here; `vi.waitFor` and `vi.waitUntil` would give up after a second.
 */
const patience = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 20_000 } } };

/** The real `electron` package starts a download when it is imported outside Electron. */
const alias = { electron: fromRoot('test/support/electron-stub.ts') };

export default defineConfig({
  test: {
    allowOnly: false,
    // Of two cores Vitest would use one, and most of a test with threads is waiting for an election.
    maxWorkers: '100%',
    projects: [
      {
        resolve: { alias },
        test: {
          ...patience,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...isolated, ...e2e],
          pool: 'threads',
          isolate: false,
        },
      },
      {
        plugins: [vue()],
        resolve: { alias },
        test: { ...patience, name: 'isolated', include: isolated, pool: 'threads', isolate: true },
      },
      {
        resolve: { alias },
        test: {
          ...patience,
          name: 'e2e',
          include: e2e,
          pool: 'forks',
          // One browser and one cluster at a time: a test that shares two cores with another measures the other.
          fileParallelism: false,
        },
      },
    ],
  },
});
