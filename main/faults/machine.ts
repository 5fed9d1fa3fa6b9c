/**
 * The machine under one real node, with what a person does to it: its disk, its clock and its power.
 */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { DiskSetting } from '../../shared/fault-command.ts';
import type { NodeId } from '../../shared/ids.ts';
import { drawInteger, drawUnit, seedFor } from '../../shared/random.ts';
import type { Clock, EmitEvent, Files, Storage } from '../ports.ts';
import { diskFaultsOf } from './disk-setting.ts';
import { FaultyClock } from './faulty-clock.ts';
import { FaultyStorage } from './faulty-storage.ts';
import { PowerFiles } from './power-files.ts';

export interface MachineOptions {
  readonly id: NodeId;
  /** Of all that is drawn. */
  readonly seed: number;
  readonly files: Files;
  readonly clock: Clock;
  /** What is wrong from the start: nothing by default. */
  readonly disk?: DiskSetting | undefined;
  readonly clockPartsPerMillion?: number | undefined;
}

/** Of acts on the disk that may still succeed when the power is about to go. */
const actsLeftMax = 12;
/** When nothing is written, the power goes after this. */
const powerFailsWithinMs = 100;

export class Machine {
  readonly #options: MachineOptions;
  readonly clock: FaultyClock;
  readonly files: PowerFiles;
  #storage: FaultyStorage | undefined;
  #disk: DiskSetting;

  constructor(options: MachineOptions) {
    this.#options = options;
    this.#disk = options.disk ?? { kind: 'sound' };
    this.clock = new FaultyClock(options.clock);
    this.clock.setRate(options.clockPartsPerMillion ?? 0);
    this.files = new PowerFiles(options.files);
  }

  /** What `clock` would show if nothing were wrong with it. */
  get trueClock(): Clock {
    return this.#options.clock;
  }

  /** The log on this machine's disk. @param emit is told of each act of a fault */
  attach(storage: Storage, emit: EmitEvent): Storage {
    const { id, seed, files, clock } = this.#options;
    this.#storage = new FaultyStorage(storage, {
      seed,
      file: files.pathOf(''),
      nowNs: () => clock.nowNs(),
      // What still waits keeps no thread alive.
      schedule: (delayNs, run) => setTimeout(run, Math.ceil(delayNs / nanosecondsPerMillisecond)).unref(),
      report: (act) => emit({ type: 'node-fault-acted', target: id, ...act }),
    });
    this.setDisk(this.#disk);
    return this.#storage;
  }

  setDisk(disk: DiskSetting): void {
    this.#disk = disk;
    this.#storage?.setFaults(diskFaultsOf(disk, this.#options.id));
  }

  setClockRate(partsPerMillion: number): void {
    this.clock.setRate(partsPerMillion);
  }

  jumpClock(byMs: number): void {
    this.clock.jump(byMs * nanosecondsPerMillisecond);
  }

  /**
   * The power goes at one of the next acts on the disk, or when there were none for a moment.
   * @param onGone as `PowerLoss.onGone`
   */
  cutPower(onGone: (lastAct: string) => void): void {
    const draws = { random: seedFor(this.#options.seed, 'power') };
    const acts = drawInteger(draws, 0, actsLeftMax);
    this.files.arm({ acts, random: () => drawUnit(draws), onGone });
    setTimeout(() => this.files.cutNow(), powerFailsWithinMs).unref();
  }
}
