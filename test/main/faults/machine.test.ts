import { describe, expect, it } from 'vitest';
import { openFolder } from '../../../main/disk/node-files.ts';
import { openStorage } from '../../../main/disk/open-storage.ts';
import { Machine, type MachineOptions } from '../../../main/faults/machine.ts';
import type { FlushOutcome } from '../../../main/ports.ts';
import type { EventBody } from '../../../shared/event.ts';
import { entriesFrom, temporaryFolder } from '../disk/disk-fixture.ts';

class StandingClock {
  timeNs = 1_000_000_000;
  nowNs(): number {
    return this.timeNs;
  }
  setTimer(): void {}
  clearTimer(): void {}
  defer(handler: () => void): void {
    handler();
  }
}

function machineOn(folder: string, options: Partial<MachineOptions> = {}): Machine {
  return new Machine({ id: 2, seed: 5, files: openFolder(folder), clock: new StandingClock(), ...options });
}

describe('the machine under a node', () => {
  it('has a true clock and one that a person bends', () => {
    const clock = new StandingClock();
    const machine = machineOn(temporaryFolder(), { clock, clockPartsPerMillion: 1_000_000 });
    clock.timeNs += 1_000_000;
    expect(machine.clock.nowNs()).toBe(clock.timeNs + 1_000_000);
    machine.setClockRate(0);
    machine.jumpClock(3);
    clock.timeNs += 1_000_000;
    expect(machine.clock.nowNs()).toBe(clock.timeNs + 4_000_000);
    expect(machine.trueClock.nowNs()).toBe(clock.timeNs);
  });

  it('has a disk that is as it was set, before and after its log was opened', async () => {
    const events: EventBody[] = [];
    const machine = machineOn(temporaryFolder(), { disk: { kind: 'slow', minMs: 2, maxMs: 3 } });
    const storage = machine.attach(openStorage(machine.files), (event) => events.push(event));
    const flush = (): Promise<FlushOutcome> => new Promise((resolve) => storage.flush(resolve));
    storage.write({ entries: entriesFrom(1, 1) });
    expect(await flush()).toMatchObject({ ok: true });
    expect(events).toMatchObject([
      { type: 'node-fault-acted', target: 2, faultRule: 'slow-disk 2', act: 'flush-delayed' },
    ]);
    machine.setDisk({ kind: 'full', freeBytes: 0 });
    expect(() => storage.write({ entries: entriesFrom(2, 2) })).toThrow('The disk is full');
    machine.setDisk({ kind: 'sound' });
    storage.write({ entries: entriesFrom(2, 2) });
    expect(await flush()).toMatchObject({ ok: true });
    expect(events).toHaveLength(2);
    storage.close();
  });

  it('loses its power at one of the next acts on its disk, the same for the same seed', () => {
    const actsUntilGone = (seed: number): number => {
      const machine = machineOn(temporaryFolder(), { seed });
      const storage = machine.attach(openStorage(machine.files), () => {});
      const gone: string[] = [];
      machine.cutPower((lastAct) => gone.push(lastAct));
      let writes = 0;
      expect(() => {
        for (; writes < 20; writes += 1) {
          storage.write({ entries: entriesFrom(writes + 1, writes + 1) });
          storage.flush(() => {});
        }
      }).toThrow('the power is gone');
      expect(gone).toHaveLength(1);
      return writes;
    };
    const seeds = Array.from({ length: 12 }, (_, at) => at);
    const counts = seeds.map(actsUntilGone);
    expect(seeds.map(actsUntilGone)).toEqual(counts);
    expect(new Set(counts).size).toBeGreaterThan(2);
  });

  it('loses its power soon when nothing is written', async () => {
    const machine = machineOn(temporaryFolder());
    const gone = new Promise((resolve) => machine.cutPower(resolve));
    const waits = setInterval(() => {}, 1_000);
    expect(await gone).toBe('while nothing was written');
    clearInterval(waits);
  });
});
