import { expect, it } from 'vitest';
import { SoakFigures } from '../../../../main/proof/soak/soak-figures.ts';
import type { EventBody } from '../../../../shared/event.ts';
import { labSourceId } from '../../../../shared/ids.ts';

const millisecond = 1_000_000;

class Stream {
  readonly figures = new SoakFigures();
  #sequence = 0;

  tell(atMs: number, node: number, body: EventBody): this {
    this.#sequence += 1;
    const stamp = { node, boot: 1, sequence: this.#sequence, timeNs: atMs * millisecond, lamport: this.#sequence };
    this.figures.observe({ ...stamp, ...body });
    return this;
  }

  leads(atMs: number, node: number): this {
    return this.tell(atMs, node, { type: 'role-changed', from: 'candidate', to: 'leader', term: 1, reason: 'x' });
  }

  append(atMs: number, requestId: string): this {
    const request = { kind: 'append', entryCount: 1, payloadBytes: 1, preview: 'x' } as const;
    return this.tell(atMs, labSourceId, { type: 'request-sent', requestId, target: 0, request });
  }

  appended(atMs: number, requestId: string): this {
    const outcome = { kind: 'appended', firstIndex: 1, lastIndex: 1, term: 1 } as const;
    return this.tell(atMs, labSourceId, { type: 'request-answered', requestId, target: 0, latencyNs: 1, outcome });
  }

  failed(atMs: number, requestId: string, outcomeKnown: boolean): this {
    const outcome = { kind: 'failed', code: 'timed-out', outcomeKnown, message: 'x' } as const;
    return this.tell(atMs, labSourceId, { type: 'request-answered', requestId, target: 0, latencyNs: 1, outcome });
  }
}

it('counts what became of requests, by kind', () => {
  const stream = new Stream().append(1, 'a').append(1, 'b').append(1, 'c').append(1, 'd');
  const { figures } = stream.appended(2, 'a').failed(3, 'b', true).failed(4, 'c', false).appended(5, 'unheard of');
  expect(figures.operations.append).toEqual({ answered: 1, failed: 1, unknown: 1 });
  expect(figures.open).toBe(1);
});

it('knows the longest times without a leader and without an answer', () => {
  const stream = new Stream().leads(0, 1);
  stream.figures.begin(0);
  stream.append(10, 'a').appended(30, 'a');
  stream.tell(40, labSourceId, { type: 'node-ended', target: 1, cause: 'crashed', reason: 'x' }).leads(240, 2);
  const { figures } = stream.append(250, 'b').appended(300, 'b');
  expect(figures).toMatchObject({ elections: 2, worstWithoutLeaderMs: 200 });
  expect(figures).toMatchObject({ worstWithoutAnswerMs: 270, worstWithoutAppendMs: 270 });
});
