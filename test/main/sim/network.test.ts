import { describe, expect, it } from 'vitest';
import { createNetworkFaults } from '../../../main/faults/network-faults.ts';
import { Network, type Cargo, type Receiver } from '../../../main/sim/network.ts';
import { World } from '../../../main/sim/world.ts';

const latency = { minNs: 100, maxNs: 900, grainNs: 1 };

function makeNetwork(grainNs = 1, seed = 1) {
  const world = new World();
  const faults = createNetworkFaults(1);
  const network = new Network<Cargo & { readonly name: number }>(world, faults, { ...latency, grainNs }, seed);
  const seen: string[] = [];
  const times: number[] = [];
  const receiver: Receiver<Cargo & { readonly name: number }> = {
    deliver: ({ name }, damage) => {
      seen.push(`${name}${damage ? ' damaged' : ''}`);
      times.push(world.nowNs);
    },
    drop: ({ name }, rule) => seen.push(`${name} dropped by ${rule}`),
    alter: ({ name }, { act }) => seen.push(`${name} ${act}`),
  };
  network.attach(1, receiver);
  const send = (name: number): void => network.send({ from: 0, to: 1, kind: 'timeout-now', bytes: 50, name });
  const run = (): void => world.runUntil(world.nowNs + 1_000_000_000);
  return { world, faults, network, seen, times, send, run };
}

describe('Network', () => {
  it('delivers in the order of sending, each within the latency', () => {
    const { world, network, seen, times, send, run } = makeNetwork();
    const startNs = world.nowNs;
    for (let name = 0; name < 20; name++) send(name);
    run();
    expect(seen).toEqual(Array.from({ length: 20 }, (_, name) => `${name}`));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(startNs + 100);
    expect(Math.max(...times)).toBeLessThanOrEqual(startNs + 900);
    expect(network.sent).toBe(20);
  });

  it('lets arrivals fall together where it is asked to', () => {
    const { times, send, run } = makeNetwork(1_000);
    for (let name = 0; name < 5; name++) send(name);
    run();
    expect(times.every((timeNs) => timeNs % 1_000 === 0)).toBe(true);
  });

  it('obeys the fault rules at the end of the way', () => {
    const { faults, seen, send, run } = makeNetwork();
    const link = { from: 0, to: 1 };
    faults.setRules([{ id: 'cut', link, action: { kind: 'cut' } }]);
    send(1);
    run();
    faults.setRules([{ id: 'twice', link, action: { kind: 'duplicate', percent: 100 } }]);
    send(2);
    run();
    faults.setRules([{ id: 'late', link, action: { kind: 'reorder', percent: 100, byMs: 5 } }]);
    send(3);
    run();
    faults.setRules([{ id: 'hurt', link, action: { kind: 'corrupt', percent: 100 } }]);
    send(4);
    run();
    expect(seen).toEqual([
      '1 dropped by cut',
      '2 duplicated',
      '2',
      '2',
      '3 reordered',
      '3',
      '4 corrupted',
      '4 damaged',
    ]);
  });

  it('gives what arrives to whoever is there then, or to nobody', () => {
    const { network, seen, send, run } = makeNetwork();
    send(1);
    network.attach(1, undefined);
    run();
    expect(seen).toEqual([]);
  });
});
