/**
 * What is done to the machines of simulated servers: their disks, clocks, power, folders and processes. Disks and clocks stay
 * as they were set when a server starts again; a pause ends with the process. What changes nothing is not told.
 */
import { required } from '../../../shared/assert.ts';
import { nanosecondsPerMillisecond } from '../../../shared/duration.ts';
import type { NodeFault } from '../../../shared/event.ts';
import type { DiskSetting } from '../../../shared/fault-command.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { succeed, type Result } from '../../../shared/result.ts';
import { describeDisk, diskFaultOf, diskFaultsOf, diskRuleId } from '../../faults/disk-setting.ts';
import { doesNotRun, machineWords as words } from '../../lab-words.ts';
import type { SimNode } from '../sim-node.ts';
import type { SimStream } from './sim-stream.ts';

const sound: DiskSetting = { kind: 'sound' };

export class MachineBoard {
  readonly #nodes: readonly SimNode[];
  readonly #stream: SimStream;
  /** Those that are not sound. */
  readonly #disks = new Map<NodeId, DiskSetting>();
  /** Those that don't run true, in parts per million. */
  readonly #clocks = new Map<NodeId, number>();
  /** Who waits for the end of a process. */
  readonly #waiting = new Map<NodeId, (() => void)[]>();

  constructor(nodes: readonly SimNode[], stream: SimStream) {
    this.#nodes = nodes;
    this.#stream = stream;
  }

  setDisk(id: NodeId, disk: DiskSetting): void {
    const former = this.#disks.get(id) ?? sound;
    if (JSON.stringify(former) === JSON.stringify(disk)) return;
    const isOther = former.kind !== 'sound' && former.kind !== disk.kind;
    if (isOther) this.#tell(id, 'healed', diskRuleId(former, id), describeDisk(sound));
    if (disk.kind === 'sound') this.#disks.delete(id);
    else {
      this.#disks.set(id, disk);
      this.#tell(id, diskFaultOf(disk), diskRuleId(disk, id), describeDisk(disk));
    }
    this.#node(id).setDiskFaults(diskFaultsOf(disk, id));
  }

  setClockRate(id: NodeId, partsPerMillion: number): void {
    if ((this.#clocks.get(id) ?? 0) === partsPerMillion) return;
    if (partsPerMillion === 0) {
      this.#clocks.delete(id);
      this.#tell(id, 'healed', `clock ${id}`, words.clockIsTrue);
    } else {
      this.#clocks.set(id, partsPerMillion);
      this.#tell(id, 'clock-rate', `clock ${id}`, words.clockRate(partsPerMillion), { partsPerMillion });
    }
    this.#node(id).setClockRate(partsPerMillion);
  }

  jumpClock(id: NodeId, byMs: number): Result<null> {
    const node = this.#node(id);
    if (!node.isRunning) return { ok: false, failure: doesNotRun(id, words.noJump) };
    if (byMs === 0) return succeed(null);
    this.#tell(id, 'clock-jump', `clock ${id}`, words.clockJump(byMs), { byMs });
    node.jumpClock(byMs * nanosecondsPerMillisecond);
    return succeed(null);
  }

  /** Answered when the process has died of it, within a moment. */
  cutPower(id: NodeId, done: (result: Result<null>) => void): void {
    const node = this.#node(id);
    if (!node.isRunning) return done({ ok: false, failure: doesNotRun(id, words.nothingToLose) });
    this.#tell(id, 'power-cut', `power ${id}`, words.powerCut);
    this.#waiting.set(id, [...(this.#waiting.get(id) ?? []), () => done(succeed(null))]);
    const { isPaused } = node;
    node.cutPower();
    // It does nothing any more that it could die of.
    if (isPaused) node.finishPowerCut();
  }

  /** A process has ended. */
  onEnded(id: NodeId): void {
    const waiting = this.#waiting.get(id) ?? [];
    this.#waiting.delete(id);
    for (const settle of waiting) settle();
  }

  /** Ends the process and sets its folder aside; the next start makes a new one. */
  wipe(id: NodeId): void {
    this.#tell(id, 'wipe', `wipe ${id}`, words.wipe);
    this.#node(id).wipe();
  }

  pause(id: NodeId): Result<null> {
    const node = this.#node(id);
    if (!node.isRunning) return { ok: false, failure: doesNotRun(id, words.startFirst) };
    if (node.isPaused) return succeed(null);
    this.#tell(id, 'pause', `pause ${id}`, words.pause);
    node.pause();
    return succeed(null);
  }

  /** @returns whether it was paused */
  resume(id: NodeId, reason: string = words.resume): boolean {
    const node = this.#node(id);
    if (!node.isPaused) return false;
    this.#tell(id, 'resume', `pause ${id}`, reason);
    node.resume();
    return true;
  }

  /** Closes a process cleanly; one that stands still goes on for it, one whose power is about to go loses it now. */
  stop(id: NodeId): void {
    this.#node(id).finishPowerCut();
    this.resume(id, words.resumeToStop);
    this.#node(id).stop();
  }

  /** @returns how many faults ended */
  healAll(): number {
    const disks = [...this.#disks.keys()];
    for (const id of disks) this.setDisk(id, sound);
    const clocks = [...this.#clocks.keys()];
    for (const id of clocks) this.setClockRate(id, 0);
    return disks.length + clocks.length + this.#nodes.filter(({ id }) => this.resume(id)).length;
  }

  #tell(
    target: NodeId,
    fault: NodeFault,
    faultRule: string,
    reason: string,
    clock: { readonly partsPerMillion?: number; readonly byMs?: number } = {},
  ): void {
    this.#stream.emit({ type: 'node-fault', target, fault, faultRule, reason, ...clock });
  }

  #node(id: NodeId): SimNode {
    return required(this.#nodes[id], `node ${id} is of this cluster`);
  }
}
