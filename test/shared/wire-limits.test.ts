import { expect, it } from 'vitest';
import { limits } from '../../shared/cluster-config.ts';
import { wireLimits } from '../../shared/wire-limits.ts';

it('is a part of all limits, and goes together', () => {
  expect(limits).toMatchObject(wireLimits);
  for (const [name, value] of Object.entries(wireLimits)) expect(Number.isInteger(value) && value > 0, name).toBe(true);
  expect(wireLimits.networkDatagramBytesMax).toBeLessThan(wireLimits.datagramBytesMax);
  // The largest message can be cut for a path across a network, and be put together.
  expect(wireLimits.fragmentsPerMessageMax * (wireLimits.networkDatagramBytesMax - 100)).toBeGreaterThan(
    wireLimits.messageBytesMax,
  );
  expect(wireLimits.partialBytesMax).toBeGreaterThan(wireLimits.messageBytesMax);
  expect(wireLimits.clientBytesMax).toBeGreaterThan(wireLimits.messageBytesMax);
});
