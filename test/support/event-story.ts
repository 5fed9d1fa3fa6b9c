/** Events written by hand, in order, with the stamps that a lab would have given them. */
import { votersOnly } from '../../shared/configuration.ts';
import type { EventBody, EventOf, LabEvent } from '../../shared/event.ts';
import { labSourceId, type NodeId } from '../../shared/ids.ts';
import { paperTimings, type Member } from '../../shared/cluster-config.ts';

export class EventStory {
  readonly events: LabEvent[] = [];
  readonly #sequences = new Map<NodeId, number>();
  #timeNs = 0;

  /** One thing that `node` reports, a microsecond after the one before. */
  tell(node: NodeId, body: EventBody, boot = 1): LabEvent {
    const sequence = (this.#sequences.get(node) ?? 0) + 1;
    this.#sequences.set(node, sequence);
    this.#timeNs += 1_000;
    const event = { node, boot, sequence, timeNs: this.#timeNs, lamport: this.events.length + 1, ...body };
    this.events.push(event);
    return event;
  }

  /** One thing that the lab itself reports. */
  lab(body: EventBody): LabEvent {
    return this.tell(labSourceId, body);
  }

  /** A cluster of `count` nodes starts, like so, and each of them says that it runs. */
  cluster(count: number, like: Partial<EventOf<'cluster-started'>> = {}): this {
    const members = membersOf(count);
    this.lab({
      type: 'cluster-started',
      clusterId: 'c',
      members,
      timings: paperTimings,
      folder: '/data/cluster',
      ...like,
    });
    for (const { id } of members) this.start(id, count);
    return this;
  }

  /** A node is launched and says that it runs, with an empty log unless `found` says what it found on its disk. */
  start(id: NodeId, count: number, boot = 1, found: Partial<EventOf<'node-started'>> = {}): this {
    const members = membersOf(count);
    this.lab({ type: 'node-launched', target: id });
    this.tell(
      id,
      {
        type: 'node-started',
        address: { host: '127.0.0.1', port: 30_000 + id },
        storageId: storageIdOf(id),
        members,
        term: 0,
        votedFor: null,
        lastIndex: 0,
        termRuns: [],
        timings: paperTimings,
        snapshot: { lastIncludedIndex: 0, lastIncludedTerm: 0 },
        configuration: { index: 0, configuration: votersOnly(members.map((member) => member.id)) },
        ...found,
      },
      boot,
    );
    return this;
  }

  /** `id` wins `term` and everyone hears of it. */
  elect(id: NodeId, term: number, count: number): this {
    for (const { id: other } of membersOf(count)) {
      this.tell(other, { type: 'term-changed', from: term - 1, to: term, reason: 'an election' });
    }
    this.tell(id, { type: 'role-changed', from: 'candidate', to: 'leader', term, reason: 'a majority' });
    for (const { id: other } of membersOf(count)) this.tell(other, { type: 'leader-known', leaderId: id, term });
    return this;
  }
}

/** The folder that a node has in these stories, as a uuid. */
export function storageIdOf(id: NodeId): string {
  return `${(id + 1).toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
}

function membersOf(count: number): readonly Member[] {
  return Array.from({ length: count }, (_, id) => ({ id, address: { host: '127.0.0.1', port: 30_000 + id } }));
}
