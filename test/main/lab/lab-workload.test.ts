/** The lab's side of a workload: whom it finds running, and what the stream says of its requests. */
import { afterEach, expect, it } from 'vitest';
import { workloadSchema } from '../../../shared/workload.ts';
import { RealLabs, valueOf } from '../../support/real-lab.ts';
import { until } from '../../support/until.ts';

const labs = new RealLabs();

afterEach(() => labs.closeAll());

it('asks nodes that run, and fills the stream with nothing about one that does not', async () => {
  const real = await labs.start(3);
  const leader = await real.leader();
  const down = (leader + 1) % 3;
  valueOf(await real.lab.execute({ type: 'stop-node', node: down }));
  const anybody = workloadSchema.parse({ clients: 3, mix: { localRead: 1 } });
  valueOf(await real.lab.execute({ type: 'start-workload', workload: anybody }));
  await until(() => real.eventsOf('request-answered').length > 30, 'answers');
  expect(real.eventsOf('request-sent').map(({ target }) => target)).not.toContain(down);
  const onlyThat = workloadSchema.parse({ clients: 3, node: down, mix: { localRead: 1 } });
  valueOf(await real.lab.execute({ type: 'start-workload', workload: onlyThat }));
  await until(() => real.eventsOf('workload-figures').some(({ figures }) => figures.failed > 0), 'failures');
  expect(real.eventsOf('request-sent').map(({ target }) => target)).not.toContain(down);
  expect(real.eventsOf('command-refused')).toEqual([]);
  valueOf(await real.lab.execute({ type: 'start-node', node: down }));
  await until(() => real.eventsOf('request-sent').some(({ target }) => target === down), 'requests to it');
});
