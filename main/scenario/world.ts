/** What a scenario that runs knows: the cluster as the stream shows it, the names that it gave, and what became of its requests. */
import type { RangeAnswer } from '../../shared/client-request.ts';
import type { LabEvent } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import {
  currentLeader,
  emptyClusterView,
  projectClusterView,
  type ClusterView,
} from '../../shared/projection/cluster-view.ts';
import { configurationInForce, isAtWork } from '../../shared/projection/membership-view.ts';
import type { Failure, Result } from '../../shared/result.ts';
import { payloadText } from './payload-text.ts';
import type { ServerWord } from './server-words.ts';

/** A command that a step named, or that runs in the background. */
export type RequestState =
  | { readonly state: 'pending' }
  | { readonly state: 'answered'; readonly value: unknown }
  | { readonly state: 'failed'; readonly failure: Failure };

/** Datagrams and timers move no condition by themselves; those that count them are asked with the next event. */
export function isQuiet({ type }: LabEvent): boolean {
  return type === 'datagram-sent' || type === 'datagram-received' || type === 'timer-set';
}

export class World {
  view: ClusterView = emptyClusterView;
  readonly names = new Map<string, readonly NodeId[]>();
  readonly requests = new Map<string, RequestState>();
  /** Who was elected, latest last; the same server may stand in it several times. */
  readonly #elected: NodeId[] = [];

  take(event: LabEvent): void {
    this.view = projectClusterView(this.view, event);
    if (event.type !== 'role-changed' || event.to !== 'leader') return;
    this.#elected.push(event.node);
    // Enough to find whoever led before.
    if (this.#elected.length > 100) this.#elected.shift();
  }

  answer(name: string, result: Result<unknown>): void {
    this.requests.set(
      name,
      result.ok ? { state: 'answered', value: result.value } : { state: 'failed', failure: result.failure },
    );
  }

  get leader(): NodeId | undefined {
    return currentLeader(this.view)?.id;
  }

  /** Who led before the present leader; without one, who led last. */
  get formerLeader(): NodeId | undefined {
    const { leader } = this;
    return this.#elected.findLast((id) => id !== leader);
  }

  /** Servers that vote, run and do not lead, nor believe that they do, by id. */
  get followers(): readonly NodeId[] {
    const voters = this.#members('voters');
    const { leader } = this;
    return this.view.nodes
      .filter((node) => isAtWork(node) && node.id !== leader && node.role !== 'leader' && voters.includes(node.id))
      .map(({ id }) => id);
  }

  /** Whom a word means now; undefined for nobody. The rest of a partition is `rest`. */
  find(word: ServerWord, rest: readonly NodeId[] = []): readonly NodeId[] | undefined {
    switch (word.kind) {
      case 'id':
        return [word.id];
      case 'leader':
        return one(this.leader);
      case 'former-leader':
        return one(this.formerLeader);
      case 'follower':
        return one(this.followers[word.nth - 1]);
      case 'followers':
        return some(this.followers);
      case 'candidate':
        return one(this.view.nodes.find(({ status, role }) => status === 'running' && role === 'candidate')?.id);
      case 'all':
        return some(this.view.nodes.map(({ id }) => id));
      case 'voters':
      case 'learners':
        return some(this.#members(word.kind));
      case 'rest':
        return rest;
      default:
        return this.names.get(word.name);
    }
  }

  /** The ids that several words mean, those of them that mean somebody. */
  findAll(words: readonly ServerWord[]): readonly NodeId[] {
    return words.flatMap((word) => this.find(word) ?? []);
  }

  #members(kind: 'voters' | 'learners'): readonly NodeId[] {
    const configuration = configurationInForce(this.view)?.configuration;
    return configuration?.[kind].map(({ id }) => id) ?? [];
  }
}

function one(id: NodeId | undefined): readonly NodeId[] | undefined {
  return id === undefined ? undefined : [id];
}

function some(ids: readonly NodeId[]): readonly NodeId[] | undefined {
  return ids.length === 0 ? undefined : ids;
}

/** What a read answered; undefined for another request, or without an answer. */
export function rangeOf(request: RequestState | undefined): RangeAnswer | undefined {
  if (request?.state !== 'answered') return undefined;
  const answer = request.value as { readonly kind?: unknown } | null;
  return answer?.kind === 'index-range' ? (answer as RangeAnswer) : undefined;
}

/** A condition as a fold over the stream. */
export interface Watch {
  /** Each event, after the world has taken it. */
  take(event: LabEvent, world: World): void;
  /** @param nowNs on the scale of `timeNs` */
  holds(world: World, nowNs: number): boolean;
}

/** The client entries of a range as text, undefined for those that are none. */
export function clientTexts(range: RangeAnswer | undefined): readonly (string | undefined)[] | undefined {
  return range?.entries.filter(({ kind }) => kind === 'client').map(({ payload }) => payloadText(payload));
}
