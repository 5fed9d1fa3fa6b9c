/**
 * What is done to the disks and clocks of a cluster's nodes, and to their threads. Disks and clocks stay as they were set when
 * a node starts again; a pause ends with the thread. What changes nothing is not told.
 */
import type { BenchEvent, NodeFault } from '../../shared/event.ts';
import type { DiskSetting } from '../../shared/fault-command.ts';
import type { NodeId } from '../../shared/ids.ts';
import { succeed, type Result } from '../../shared/result.ts';
import { describeDisk, diskFaultOf, diskRuleId } from '../faults/disk-setting.ts';
import { doesNotRun, machineWords as words } from '../lab-words.ts';
import type { NodeOptions } from '../node/worker-messages.ts';
import type { NodeHandle } from './node-handle.ts';

export interface MachineBoardOptions {
  readonly tell: (event: BenchEvent) => void;
  /** Goes along with what is asked of a node: see `LabClock.lamport`. */
  readonly lamport: () => number;
  /** The latest life of a node. */
  readonly nodeOf: (id: NodeId) => NodeHandle;
}

const sound: DiskSetting = { kind: 'sound' };

export class MachineBoard {
  readonly #options: MachineBoardOptions;
  /** Those that are not sound. */
  readonly #disks = new Map<NodeId, DiskSetting>();
  /** Those that don't run true, in parts per million. */
  readonly #clocks = new Map<NodeId, number>();
  readonly #paused = new Set<NodeId>();

  constructor(options: MachineBoardOptions) {
    this.#options = options;
  }

  /** What a node is launched with. */
  launchOptions(id: NodeId): Pick<NodeOptions, 'disk' | 'clockPartsPerMillion'> {
    return { disk: this.#disks.get(id) ?? sound, clockPartsPerMillion: this.#clocks.get(id) ?? 0 };
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
    this.#options.nodeOf(id).set({ type: 'disk', disk, lamport: this.#options.lamport() });
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
    this.#options.nodeOf(id).set({ type: 'clock', partsPerMillion, lamport: this.#options.lamport() });
  }

  jumpClock(id: NodeId, byMs: number): Result<null> {
    const node = this.#options.nodeOf(id);
    if (node.state === 'ended') return { ok: false, failure: doesNotRun(id, words.noJump) };
    if (byMs === 0) return succeed(null);
    this.#tell(id, 'clock-jump', `clock ${id}`, words.clockJump(byMs), { byMs });
    node.set({ type: 'clock', jumpByMs: byMs, lamport: this.#options.lamport() });
    return succeed(null);
  }

  /** Answered when the node is gone. */
  async cutPower(id: NodeId): Promise<Result<null>> {
    const node = this.#options.nodeOf(id);
    if (node.state === 'starting') await node.launched;
    if (node.state === 'ended') return { ok: false, failure: doesNotRun(id, words.nothingToLose) };
    this.#tell(id, 'power-cut', `power ${id}`, words.powerCut);
    await node.cutPower(this.#options.lamport());
    return succeed(null);
  }

  /** Answered when the thread stands still. */
  async pause(id: NodeId): Promise<Result<null>> {
    const node = this.#options.nodeOf(id);
    if (node.state === 'starting') await node.launched;
    if (node.state !== 'running') return { ok: false, failure: doesNotRun(id, words.startFirst) };
    if (this.#paused.has(id)) return succeed(null);
    this.#paused.add(id);
    this.#tell(id, 'pause', `pause ${id}`, words.pause);
    await node.pause(this.#options.lamport());
    // It may also have been let go meanwhile, or be ended.
    return succeed(null);
  }

  /** @returns whether it was paused. */
  resume(id: NodeId, reason: string = words.resume): boolean {
    if (!this.#paused.delete(id)) return false;
    this.#tell(id, 'resume', `pause ${id}`, reason);
    this.#options.nodeOf(id).resume(this.#options.lamport());
    return true;
  }

  /** The thread of a node is gone, and nothing holds it any more. */
  forgetPause(id: NodeId): void {
    this.#paused.delete(id);
  }

  /** @returns how many faults ended. */
  healAll(): number {
    const disks = [...this.#disks.keys()];
    for (const id of disks) this.setDisk(id, sound);
    const clocks = [...this.#clocks.keys()];
    for (const id of clocks) this.setClockRate(id, 0);
    return disks.length + clocks.length + [...this.#paused].filter((id) => this.resume(id)).length;
  }

  #tell(
    target: NodeId,
    fault: NodeFault,
    faultRule: string,
    reason: string,
    clock: { readonly partsPerMillion?: number; readonly byMs?: number } = {},
  ): void {
    this.#options.tell({ type: 'node-fault', target, fault, faultRule, reason, ...clock });
  }
}
