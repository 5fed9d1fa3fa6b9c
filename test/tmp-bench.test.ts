import { it } from 'vitest';
import { checkHistory } from '../main/check/check-history.ts';
import type { Operation } from '../main/check/contract.ts';
it('speed', () => {
  const operations: Operation[] = [];
  let n = 0;
  for (let at = 0; at < 1_000_000; at++) {
    const t = at * 100;
    if (at % 4 < 3) {
      n++;
      operations.push({
        kind: 'append',
        requestId: `r${at}`,
        digests: [n * 7919],
        invokedNs: t,
        completedNs: t + 4000,
        outcome: { kind: 'ok', firstIndex: n, lastIndex: n, term: 1 },
      });
    } else {
      const a = Math.max(0, n);
      const entries = [];
      for (let i = Math.max(1, a - 3); i <= a; i++) entries.push({ index: i, term: 1, digest: i * 7919 });
      operations.push({
        kind: 'read',
        requestId: `r${at}`,
        mode: 'linearizable',
        startIndex: Math.max(1, a - 3),
        endIndex: 1e12,
        invokedNs: t,
        completedNs: t + 4500,
        outcome: { kind: 'ok', appliedIndex: a, entryCount: entries.length, entries },
      });
    }
  }
  for (let i = 0; i < 3; i++) {
    const s = performance.now();
    const v = checkHistory(operations);
    console.log('ms', performance.now() - s, v.violations.length, v.violations[0]?.sentence);
  }
});
