/**
 * Carries out faults, reports each, and ends it when its time is over.
 */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { LabEvent, NodeFault } from '../../shared/event.ts';
import { soundDisk } from '../faults/disk-faults.ts';
import type { Administrator } from './administrator.ts';
import { diskFaultsOf } from './disk-faults-of.ts';
import type { DriftLog } from '../check/drift-log.ts';
import type { LinkRules, RuleBody } from './link-rules.ts';
import type { FaultAct, Target } from './plan.ts';
import type { SimNode } from './sim-node.ts';
import type { Stamper } from './stamper.ts';
import { Traps } from './traps.ts';
import type { World } from './world.ts';

export interface FaultBoardOptions {
  readonly world: World;
  readonly lab: Stamper;
  readonly nodes: readonly SimNode[];
  readonly links: LinkRules;
  readonly administrator: Administrator;
  readonly drift: DriftLog;
}

type ActOf<Kind extends FaultAct['kind']> = Extract<FaultAct, { kind: Kind }>;

export class FaultBoard {
  /** Faults that were carried out, by kind. */
  readonly counts: Record<string, number> = {};
  readonly #options: FaultBoardOptions;
  readonly #traps = new Traps();
  #ended = false;

  constructor(options: FaultBoardOptions) {
    this.#options = options;
  }

  carryOut(act: FaultAct): void {
    if (this.#ended) return;
    const { links, nodes } = this.#options;
    switch (act.kind) {
      case 'partition':
        return this.#setRules('partition', links.cutsBetween(act.groups), act.forMs);
      case 'weather':
        return this.#setRules(act.action.kind, links.everywhere(act.action), act.forMs);
      case 'link':
        return this.#setLink(act);
      case 'isolate':
        return this.#isolate(act);
      case 'trap':
        return this.#after(act.forMs, this.#traps.set(act));
      case 'blackout':
        for (const node of nodes) this.#endProcess(node, 'power-cut', act.forMs);
        return undefined;
      case 'clock-rate':
        return this.#setRate(act);
      case 'clock-jump':
        return this.#jump(act);
      case 'disk':
        return this.#breakDisk(act);
      case 'pause':
        return this.#pause(act);
      default: {
        const node = this.#find(act.node);
        return node && this.#endProcess(node, act.kind, act.forMs);
      }
    }
  }

  /** Faults stop: everything is sound, connected and running. */
  end(): void {
    this.#ended = true;
    const { nodes, links, drift, world } = this.#options;
    links.clear();
    drift.end(world.nowNs);
    for (const node of nodes) {
      node.finishPowerCut();
      node.setDiskFaults(soundDisk);
      node.setClockRate(0);
      node.resume();
      this.#report(node, 'healed', 'all faults stop');
      node.launch();
    }
  }

  #count(kind: string): void {
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
  }

  /** Undefined when nobody leads. */
  #find(target: Target): SimNode | undefined {
    const { nodes, administrator } = this.#options;
    return target === 'leader' ? administrator.leader : nodes[target];
  }

  #after(forMs: number, end: () => void): void {
    const { world } = this.#options;
    world.call(world.nowNs + forMs * nanosecondsPerMillisecond, () => {
      if (!this.#ended) end();
    });
  }

  #report(node: SimNode, fault: NodeFault, reason: string): void {
    const faultRule = `${fault} ${node.id}`;
    this.#options.lab.emit({ type: 'node-fault', target: node.id, fault, faultRule, reason });
  }

  #setRules(kind: string, rules: readonly RuleBody[], forMs: number): void {
    this.#count(kind);
    this.#after(forMs, this.#options.links.add(kind, rules));
  }

  #setLink({ from, to, action, messageKinds, forMs }: ActOf<'link'>): void {
    if (from === to) return;
    this.#setRules(action.kind, [{ link: { from, to }, action, ...(messageKinds && { messageKinds }) }], forMs);
  }

  #isolate({ node: target, oneWay, forMs }: ActOf<'isolate'>): void {
    const node = this.#find(target);
    const { links } = this.#options;
    if (node) this.#setRules('isolate', oneWay ? links.cutsFrom(node.id) : links.cutsBetween([[node.id]]), forMs);
  }

  /** Springs the traps that wait for such an event. */
  observe(event: LabEvent): void {
    for (const { delayMs, cutMs, companions } of this.#traps.sprungBy(event)) {
      const group = [event.node, ...companions.filter((id) => id !== event.node).slice(0, 1)];
      const spring = (): void => this.#setRules('trap', this.#options.links.cutsBetween([group]), cutMs);
      if (delayMs === 0) spring();
      else this.#after(delayMs, spring);
    }
  }

  #endProcess(node: SimNode, kind: 'crash' | 'power-cut' | 'stop' | 'wipe', forMs: number): void {
    if (kind === 'wipe' && !this.#options.administrator.canLose(node)) return;
    this.#count(kind);
    if (kind === 'wipe' || kind === 'power-cut') this.#report(node, kind, `for ${forMs} ms`);
    if (kind === 'crash') node.kill();
    else if (kind === 'stop') node.stop();
    else if (kind === 'wipe') node.wipe();
    else node.cutPower();
    this.#after(forMs, () => {
      node.finishPowerCut();
      node.launch();
    });
  }

  #pause({ node: target, forMs }: ActOf<'pause'>): void {
    const node = this.#find(target);
    if (!node) return;
    this.#count('pause');
    this.#report(node, 'pause', `for ${forMs} ms`);
    node.pause();
    this.#after(forMs, () => {
      this.#report(node, 'resume', 'the time is over');
      node.resume();
    });
  }

  #breakDisk({ node: target, fault, byMs, forMs }: ActOf<'disk'>): void {
    const node = this.#find(target);
    if (!node) return;
    this.#count(`${fault}-disk`);
    const [what, faults] = diskFaultsOf(fault, byMs, node.id);
    this.#report(node, what, `for ${forMs} ms`);
    node.setDiskFaults(faults);
    this.#after(forMs, () => {
      this.#report(node, 'healed', 'the time is over');
      node.setDiskFaults(soundDisk);
      node.launch();
    });
  }

  #setRate({ node: id, partsPerMillion, forMs }: ActOf<'clock-rate'>): void {
    const node = this.#find(id);
    if (!node) return;
    const { world, drift } = this.#options;
    this.#count('clock-rate');
    this.#report(node, 'clock-rate', `${partsPerMillion} parts per million for ${forMs} ms`);
    node.setClockRate(partsPerMillion);
    drift.setRate(id, partsPerMillion, world.nowNs);
    this.#after(forMs, () => {
      this.#report(node, 'healed', 'the time is over');
      node.setClockRate(0);
      drift.setRate(id, 0, world.nowNs);
    });
  }

  #jump({ node: id, byMs }: ActOf<'clock-jump'>): void {
    const node = this.#find(id);
    if (!node) return;
    const { world, drift } = this.#options;
    this.#count('clock-jump');
    this.#report(node, 'clock-jump', `${byMs} ms`);
    drift.jump(byMs * nanosecondsPerMillisecond, world.nowNs);
    node.jumpClock(byMs * nanosecondsPerMillisecond);
  }
}
