import { describe, expect, it } from 'vitest';
import { limits } from '../../shared/cluster-config.ts';
import { workloadSchema } from '../../shared/workload.ts';

describe('a workload', () => {
  it('gets what is left out', () => {
    expect(workloadSchema.parse({})).toMatchObject({ clients: 4, node: 'any', sessions: true, mix: { append: 8 } });
    expect(workloadSchema.parse({})).not.toHaveProperty('requestsPerSecond');
    expect(workloadSchema.parse({ mix: { localRead: 1 } }).mix).toMatchObject({ append: 0, localRead: 1 });
  });

  it.each([
    { clients: 0 },
    { clients: limits.workloadClientsMax + 1 },
    { requestsPerSecond: 0 },
    { mix: { append: 0 } },
    { mix: { append: -1, localRead: 1 } },
    { payloadBytes: limits.workloadPayloadBytesMax + 1 },
    { node: 'nobody' },
    { speed: 3 },
  ])('is not %j', (workload) => {
    expect(workloadSchema.safeParse(workload).success).toBe(false);
  });
});
