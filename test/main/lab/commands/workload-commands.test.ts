/** Clients that ask real nodes by themselves: threads, UDP and disk. */
import { afterEach, expect, it } from 'vitest';
import type { RealLab } from '../../../support/real-lab.ts';
import { failureOf, RealLabs, textsOf, valueOf } from '../../../support/real-lab.ts';
import { until } from '../../../support/until.ts';
import { workloadSchema, type Workload, type WorkloadRequest } from '../../../../shared/workload.ts';

const labs = new RealLabs();

afterEach(() => labs.closeAll());

const workloadOf = (request: WorkloadRequest): Workload => workloadSchema.parse(request);

function answered(real: RealLab): number {
  return real.eventsOf('workload-figures').reduce((sum, { figures }) => sum + figures.answered, 0);
}

/** The client entries of the whole log, as a node answers them. */
async function readLog(real: RealLab, node: number): Promise<string[]> {
  const texts: string[] = [];
  let startIndex: number | undefined = 1;
  while (startIndex !== undefined) {
    const range: { readonly entries: readonly { readonly payload: Uint8Array }[]; readonly continueAt?: number } =
      valueOf(await real.lab.execute({ type: 'index-range', node, startIndex, endIndex: 1e9 }));
    texts.push(...textsOf(range));
    startIndex = range.continueAt;
  }
  return texts;
}

it('asks in the mix that it was given, at about the rate, tells its figures and stops when asked to', async () => {
  const real = await labs.start(3);
  await real.leader();
  const mix = { append: 2, linearizableRead: 1, localRead: 1 };
  const workload = workloadOf({ clients: 6, requestsPerSecond: 100, mix });
  valueOf(await real.lab.execute({ type: 'start-workload', workload }));
  await until(() => real.eventsOf('workload-figures').length >= 2, 'two seconds of figures');
  const total = valueOf(await real.lab.execute({ type: 'stop-workload' }));
  expect(real.eventsOf('workload-started')).toMatchObject([{ workload }]);
  expect(real.eventsOf('workload-stopped')).toMatchObject([{ reason: 'As asked.', figures: total }]);
  const sent = real.eventsOf('request-sent');
  const kinds = sent.map(({ request }) => (request.kind === 'append' ? 'append' : request.read));
  for (const kind of ['append', 'linearizable', 'local']) expect(kinds).toContain(kind);
  expect(kinds).not.toContain('lease');
  expect(new Set(sent.map(({ client }) => client))).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  expect(new Set(sent.map(({ target }) => target))).toEqual(new Set([0, 1, 2]));
  // Never above its rate; how far below is the machine's business.
  expect(total.answered).toBeGreaterThan(0);
  expect(total.answered).toBeLessThanOrEqual((total.spanNs / 1e9 + 0.2) * 100);
  expect(total.p50Ns).toBeLessThanOrEqual(total.p99Ns);
  expect(answered(real)).toBe(total.answered);
  const asked = real.eventsOf('request-sent').length;
  await real.stream.settled();
  expect(real.eventsOf('request-sent')).toHaveLength(asked);
});

it('goes on over crashes and elections, and within its sessions nothing stands in the log twice', async () => {
  const real = await labs.start(3);
  valueOf(
    await real.lab.execute({
      type: 'start-workload',
      workload: workloadOf({ clients: 8, node: 'leader', mix: { append: 1 } }),
    }),
  );
  for (let crashes = 0; crashes < 3; crashes += 1) {
    const leader = await real.leader();
    const before = real.eventsOf('request-answered').length;
    await until(() => real.eventsOf('request-answered').length > before + 50, 'fifty answers');
    valueOf(await real.lab.execute({ type: 'crash-node', node: leader }));
    await real.leader(leader);
    valueOf(await real.lab.execute({ type: 'start-node', node: leader }));
  }
  const total = valueOf(await real.lab.execute({ type: 'stop-workload' }));
  expect(total.answered).toBeGreaterThan(150);
  await until(() => {
    const { length } = real.eventsOf('request-sent');
    return real.eventsOf('request-answered').length === length;
  }, 'an answer to everything that was sent');
  const texts = await readLog(real, 0);
  expect(new Set(texts).size).toBe(texts.length);
  const appends = real.eventsOf('request-sent').filter(({ request }) => request.kind === 'append');
  const stamps = appends.map(({ request }) => (request.kind === 'append' ? request.session : undefined));
  expect(stamps.every((stamp) => stamp !== undefined)).toBe(true);
  // Something was sent again: the crashes took leaders that had work.
  const names = stamps.map((stamp) => `${stamp?.sessionId}.${stamp?.sequence}`);
  expect(new Set(names).size).toBeLessThan(names.length);
  expect(texts.length).toBeGreaterThanOrEqual(total.answered);
  expect(texts.length).toBeLessThanOrEqual(new Set(names).size);
});

it('is replaced by the next one, and ends with its cluster', async () => {
  const real = await labs.start(1);
  const first = workloadOf({ clients: 1, requestsPerSecond: 20 });
  valueOf(await real.lab.execute({ type: 'start-workload', workload: first }));
  valueOf(await real.lab.execute({ type: 'start-workload', workload: workloadOf({ clients: 2, node: 0 }) }));
  expect(real.eventsOf('workload-stopped')).toMatchObject([{ reason: 'Another workload takes its place.' }]);
  await until(() => answered(real) > 0, 'an answer');
  valueOf(await real.lab.execute({ type: 'stop-cluster' }));
  const types = real.events.map(({ type }) => type);
  expect(types.filter((type) => type === 'workload-stopped')).toHaveLength(2);
  expect(types.lastIndexOf('workload-stopped')).toBeLessThan(types.indexOf('cluster-stopped'));
  expect(failureOf(await real.lab.execute({ type: 'stop-workload' })).code).toBe('not-running');
});

it('is refused where there is nobody to ask, and where it makes no sense', async () => {
  const real = labs.make();
  const start = async (workload: WorkloadRequest): Promise<string> => {
    const failure = failureOf(await real.lab.execute({ type: 'start-workload', workload: workload as Workload }));
    return `${failure.code}: ${failure.message}`;
  };
  expect(await start({})).toBe('not-running: No cluster is running. Start one first.');
  expect(failureOf(await real.lab.execute({ type: 'stop-workload' })).message).toBe('No workload is running.');
  valueOf(await real.lab.execute({ type: 'start-cluster', nodes: 1 }));
  expect(await start({ node: 4 })).toBe('invalid: There is no node 4 in this cluster; it has only node 0.');
  expect(await start({ clients: 0 })).toMatch(/^invalid: .*clients/);
  expect(await start({ mix: {} })).toMatch(/^invalid: .*at least one kind/);
  expect(real.eventsOf('workload-started')).toEqual([]);
});
