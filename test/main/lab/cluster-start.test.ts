/** Which ports a cluster gets. */
import { afterEach, describe, expect, it } from 'vitest';
import { failureOf, RealLabs, valueOf } from '../../support/real-lab.ts';
import { TakenPorts } from '../../support/taken-ports.ts';
import { quietBasePort } from '../../support/ports.ts';

const labs = new RealLabs();
const ports = new TakenPorts();

afterEach(async () => {
  await labs.closeAll();
  ports.releaseAll();
});

describe('the ports of a cluster', () => {
  it('moves to the next free block when one is taken, and says so', async () => {
    const basePort = quietBasePort();
    await ports.take(basePort + 1);
    const real = labs.make({ basePort });
    const { basePort: got } = valueOf(await real.lab.execute({ type: 'start-cluster', nodes: 3 }));
    expect(got).toBe(basePort + 10);
    const reason = `Port ${basePort + 1} is not free. The cluster listens on ports ${got} to ${got + 2} instead.`;
    expect(real.eventsOf('ports-moved')).toMatchObject([{ wanted: basePort, got, reason }]);
    expect(real.lab.snapshot().view.portNotice).toBe(reason);
    await real.leader();
  });

  it('tries another block when a port is snatched after the look', async () => {
    const basePort = quietBasePort();
    await ports.take(basePort);
    const real = labs.make({
      basePort,
      // A look that sees every port as free: the node finds out.
      findPortBlock: ({ basePort: from }) => Promise.resolve({ ok: true, value: { basePort: from, taken: [] } }),
    });
    const { basePort: got } = valueOf(await real.lab.execute({ type: 'start-cluster', nodes: 3 }));
    expect(got).toBe(basePort + 10);
    expect(real.lab.snapshot().view.portNotice).toContain(`ports ${got} to ${got + 2}`);
    await real.leader();
  });

  it('says so when there is no free block', async () => {
    const real = labs.make({ basePort: 65_534 });
    const failure = failureOf(await real.lab.execute({ type: 'start-cluster', nodes: 3 }));
    expect(failure.code).toBe('unusable');
    expect(failure.message).toContain('65534');
  });
});
