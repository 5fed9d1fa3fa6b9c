/**
 * Power cuts of a real node under load, seen from outside: by the bytes that are left in its folder, before anybody starts on
 * it again.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { RealLabs, valueOf, type RealLab } from '../../support/real-lab.ts';

const labs = new RealLabs();

afterEach(() => labs.closeAll());

/** More than `cutsMin` only as long as chance has not shown everything. */
const [cutsMin, cutsMax] = [10, 60];
const clients = 6;

/** An entry of several sectors that knows its beginning and its end. */
function entryText(name: string): string {
  return `<${name}${'.'.repeat(2_000)}${name}>`;
}

interface Load {
  readonly sent: Set<string>;
  readonly acknowledged: Set<string>;
  readonly over: Promise<unknown>;
}

/** Clients that append, one entry after the other, until the node is gone. */
function load(real: RealLab, round: number): Load {
  const sent = new Set<string>();
  const acknowledged = new Set<string>();
  const client = async (number: number): Promise<void> => {
    for (let turn = 0; ; turn += 1) {
      const name = `${round}/${number}/${turn}`;
      sent.add(name);
      const result = await real.lab.execute({ type: 'append', node: 0, entries: [entryText(name)] });
      if (!result.ok) return;
      acknowledged.add(name);
    }
  };
  return { sent, acknowledged, over: Promise.all(Array.from({ length: clients }, (_, number) => client(number))) };
}

/** Everything in the node's folder. */
function bytesOnDisk(real: RealLab): Buffer {
  const folder = join(real.folder, 'cluster-1', 'node-0');
  return Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
}

it('costs what was not flushed, in part or as a whole, and never what was acknowledged', async () => {
  const real = labs.make();
  valueOf(await real.lab.execute({ type: 'start-cluster', nodes: 1, seed: 11 }));
  const acknowledged = new Set<string>();
  let [lost, torn] = [0, 0];
  for (let round = 0; round < cutsMin || (round < cutsMax && lost * torn === 0); round += 1) {
    await real.leader();
    const { sent, ...rest } = load(real, round);
    await expect.poll(() => rest.acknowledged.size).toBeGreaterThan(clients);
    valueOf(await real.lab.execute({ type: 'cut-power', node: 0 }));
    await rest.over;
    const disk = bytesOnDisk(real);
    const isWhole = (name: string): boolean => disk.includes(entryText(name));
    expect([...rest.acknowledged].filter((name) => !isWhole(name))).toEqual([]);
    for (const name of rest.acknowledged) acknowledged.add(name);
    const isThere = (name: string): boolean => disk.includes(`<${name}.`) || disk.includes(`.${name}>`);
    torn += [...sent].filter((name) => !isWhole(name) && isThere(name)).length;
    const taken = real.eventsOf('entries-appended').at(-1)?.lastIndex ?? 0;
    valueOf(await real.lab.execute({ type: 'start-node', node: 0 }));
    if ((real.eventsOf('node-started').at(-1)?.lastIndex ?? 0) < taken) lost += 1;
  }
  // Of what nobody was told of, some is gone, and some is broken: that is cut off at the start.
  expect(lost).toBeGreaterThan(0);
  expect(torn).toBeGreaterThan(0);
  expect(real.eventsOf('log-repaired').length).toBeGreaterThan(0);

  await real.leader();
  const disk = bytesOnDisk(real);
  expect([...acknowledged].filter((name) => !disk.includes(entryText(name)))).toEqual([]);
  expect(
    real.eventsOf('node-fault').every(({ fault, faultRule }) => `${fault} ${faultRule}` === 'power-cut power 0'),
  ).toBe(true);
  const ends = real.eventsOf('node-ended');
  expect(ends.map(({ cause }) => cause)).toEqual(ends.map(() => 'crashed'));
  expect(ends[0]?.reason).toContain('Its power is gone');
});
