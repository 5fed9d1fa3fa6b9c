/**
 * What each node was, and which faults were in force, over all of the time that there is: folded from the landmarks of the
 * stream, so that it is known for any stretch of time without loading its events.
 */
import type { RoleName } from '../../../shared/event.ts';
import type { NodeId } from '../../../shared/ids.ts';
import type { ClusterView } from '../../../shared/projection/cluster-view.ts';
import type { Landmark } from '../../../shared/projection/landmarks.ts';
import { SpanList, type SpanTimes } from './span-list.ts';

interface Lasting {
  readonly fromNs: number;
  /** `Infinity` while it lasts. */
  toNs: number;
}

/** A node runs, in this role. Between two of them it is down. */
export interface RoleSpan extends Lasting {
  readonly node: NodeId;
  readonly role: RoleName;
  /** Of a leader or candidate its term; a follower's may rise meanwhile. */
  readonly term: number;
}

/** A fault of one node: it is paused, its disk is slow … `name` is that of its rule: `pause 2`. */
export interface NodeFaultSpan extends Lasting {
  readonly node: NodeId;
  readonly name: string;
  readonly isPause: boolean;
}

/** At least one fault of links is in force. */
export interface LinkFaultSpan extends Lasting {
  /** How many of them at most. */
  count: number;
}

const lastingTimes: SpanTimes<Lasting> = { start: ({ fromNs }) => fromNs, end: ({ toNs }) => toNs };

export class LaneHistory {
  readonly roles = new SpanList<RoleSpan>(lastingTimes);
  readonly nodeFaults = new SpanList<NodeFaultSpan>(lastingTimes);
  readonly linkFaults = new SpanList<LinkFaultSpan>(lastingTimes);
  readonly nodes = new Set<NodeId>();
  /** Elections, new leaders, violations: what is worth a sign at any zoom. In the order of the stream. */
  readonly signs: Landmark[] = [];
  readonly #openRoles = new Map<NodeId, RoleSpan>();
  readonly #openFaults = new Map<string, NodeFaultSpan>();
  readonly #openRules = new Set<string>();
  #openLinks: LinkFaultSpan | undefined;
  #lastPosition = -1;

  /** Begins with what `view` says, in the middle of a stream. */
  begin(view: ClusterView, timeNs: number): void {
    for (const { id, status, role, term } of view.nodes)
      if (status === 'running') this.#setRole(id, timeNs, role, term);
    for (const { from, to } of view.cutLinks) this.#openRule(`cut ${from}→${to}`, timeNs);
    for (const { faultRule } of view.faults) this.#openRule(faultRule, timeNs);
  }

  /** In the order of the stream; one that was taken before is passed over. */
  take(landmark: Landmark): void {
    if (landmark.position <= this.#lastPosition) return;
    this.#lastPosition = landmark.position;
    const { kind, type, node, timeNs } = landmark;
    if (kind === 'election' || kind === 'leader' || kind === 'violation') this.signs.push(landmark);
    switch (type) {
      case 'cluster-started':
      case 'cluster-stopped':
        return this.#endAll(timeNs);
      case 'node-started':
        return this.#setRole(node, timeNs, 'follower', landmark.term ?? 0);
      case 'node-ended':
        this.#setDown(node, timeNs);
        return this.#endFault(`pause ${node}`, timeNs);
      case 'role-changed':
        return this.#setRole(node, timeNs, landmark.role ?? 'follower', landmark.term ?? 0);
      case 'link-cut':
      case 'fault-set':
        return this.#openRule(landmark.faultRule ?? '', timeNs);
      case 'link-healed':
      case 'fault-cleared':
        return this.#endRule(landmark.faultRule ?? '', timeNs);
      case 'node-fault':
        return this.#nodeFault(landmark);
      default:
    }
  }

  #nodeFault({ kind, node, timeNs, faultRule: name = '' }: Landmark): void {
    if (kind === 'heal') return this.#endFault(name, timeNs);
    this.#endFault(name, timeNs);
    // A jump, a power cut, a wipe: over as soon as it is there.
    const isMoment = /^(?:power|wipe) /.test(name);
    const span = { node, name, isPause: name.startsWith('pause '), fromNs: timeNs, toNs: isMoment ? timeNs : Infinity };
    this.nodeFaults.add(span);
    if (!isMoment) this.#openFaults.set(name, span);
  }

  #setRole(node: NodeId, timeNs: number, role: RoleName, term: number): void {
    this.#setDown(node, timeNs);
    this.nodes.add(node);
    const span = { node, role, term, fromNs: timeNs, toNs: Infinity };
    this.#openRoles.set(node, span);
    this.roles.add(span);
  }

  #setDown(node: NodeId, timeNs: number): void {
    const open = this.#openRoles.get(node);
    if (!open) return;
    open.toNs = timeNs;
    this.#openRoles.delete(node);
    this.roles.touch();
  }

  #endFault(name: string, timeNs: number): void {
    const open = this.#openFaults.get(name);
    if (!open) return;
    open.toNs = timeNs;
    this.#openFaults.delete(name);
    this.nodeFaults.touch();
  }

  #openRule(rule: string, timeNs: number): void {
    this.#openRules.add(rule);
    if (!this.#openLinks) {
      this.#openLinks = { fromNs: timeNs, toNs: Infinity, count: 0 };
      this.linkFaults.add(this.#openLinks);
    }
    this.#openLinks.count = Math.max(this.#openLinks.count, this.#openRules.size);
  }

  #endRule(rule: string, timeNs: number): void {
    this.#openRules.delete(rule);
    if (this.#openRules.size > 0 || !this.#openLinks) return;
    this.#openLinks.toNs = timeNs;
    this.#openLinks = undefined;
    this.linkFaults.touch();
  }

  #endAll(timeNs: number): void {
    for (const node of this.#openRoles.keys()) this.#setDown(node, timeNs);
    for (const name of this.#openFaults.keys()) this.#endFault(name, timeNs);
    for (const rule of this.#openRules) this.#endRule(rule, timeNs);
  }
}
