/**
 * Sends requests as the lab does and reports them from the client's point of view. Each is answered exactly once: by the
 * node, by the node's end, or by the client's patience; an answer that comes later is not heard.
 */
import type { ClientAnswer, ClientRequest } from '../../shared/client-request.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { EventOf } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import { fail, isOutcomeKnown, type Result } from '../../shared/result.ts';
import type { RetentionOperation } from '../check/contract.ts';
import { numberOfPayload } from './payload.ts';
import type { SimNode } from './sim-node.ts';
import type { Stamper } from './stamper.ts';
import type { World } from './world.ts';

/** How much longer than the node a client waits, ms. */
const patienceMs = 500;

const silence = fail('timed-out', 'The node did not answer in time. Whether the request took effect is not known.');

export type SentRequest = EventOf<'request-sent'>['request'];
export type Outcome = EventOf<'request-answered'>['outcome'];

export class RequestDesk {
  /** Requests that were sent. */
  sent = 0;
  /** Requests that wait for their answer. */
  open = 0;
  /** The stream has no word for them. */
  readonly retentions: RetentionOperation[] = [];
  readonly #world: World;
  readonly #lab: Stamper;

  constructor(world: World, lab: Stamper) {
    this.#world = world;
    this.#lab = lab;
  }

  ask(
    node: SimNode,
    client: number,
    request: ClientRequest,
    timeoutMs: number,
    done: (result: Result<ClientAnswer>) => void,
  ): void {
    this.sent += 1;
    this.open += 1;
    const requestId = String(this.sent);
    const target: NodeId = node.id;
    const sentNs = this.#world.nowNs;
    const description = describeRequest(request);
    if (description) this.#lab.emit({ type: 'request-sent', requestId, target, client, request: description });
    if (request.kind === 'set-retention')
      this.retentions.push({ ...request, requestId, client, target, invokedNs: sentNs, completedNs: Infinity });
    let isDone = false;
    const finish = (result: Result<ClientAnswer>): void => {
      if (isDone) return;
      isDone = true;
      this.open -= 1;
      const latencyNs = this.#world.nowNs - sentNs;
      const outcome = description && describeOutcome(result);
      if (outcome) this.#lab.emit({ type: 'request-answered', requestId, target, client, latencyNs, outcome });
      done(result);
    };
    this.#world.call(sentNs + (timeoutMs + patienceMs) * nanosecondsPerMillisecond, () => finish(silence));
    node.request(requestId, request, timeoutMs, finish);
  }
}

/** Undefined for requests that the stream has no word for. */
function describeRequest(request: ClientRequest): SentRequest | undefined {
  switch (request.kind) {
    case 'append': {
      const { entries, expect, session } = request;
      return {
        kind: 'append',
        entryCount: entries.length,
        payloadBytes: entries.reduce((sum, { byteLength }) => sum + byteLength, 0),
        preview: '',
        ...(expect && { expect }),
        ...(session && { session }),
        digests: entries.map(numberOfPayload),
      };
    }
    case 'index-range': {
      const { startIndex, endIndex, read = 'linearizable' } = request;
      return { kind: 'index-range', startIndex, endIndex, read };
    }
    default:
      return undefined;
  }
}

function describeOutcome(result: Result<ClientAnswer>): Outcome | undefined {
  if (!result.ok) {
    const { code, message, lastClientEntry, firstIndex } = result.failure;
    return {
      kind: 'failed',
      code,
      outcomeKnown: isOutcomeKnown(result.failure),
      message,
      ...(lastClientEntry && { lastClientEntry }),
      ...(firstIndex !== undefined && { firstIndex }),
    };
  }
  const answer = result.value;
  switch (answer.kind) {
    case 'append': {
      const { firstIndex, lastIndex, term } = answer;
      return { kind: 'appended', firstIndex, lastIndex, term };
    }
    case 'index-range': {
      const { entries, appliedIndex, continueAt } = answer;
      return {
        kind: 'range',
        entryCount: entries.length,
        appliedIndex,
        ...(continueAt !== undefined && { continueAt }),
        entries: entries.map(({ index, term, payload }) => ({ index, term, digest: numberOfPayload(payload) })),
      };
    }
    default:
      return undefined;
  }
}
