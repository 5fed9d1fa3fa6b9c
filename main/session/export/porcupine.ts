/**
 * A history for Porcupine: a JSON array of operations as its `Operation` has them. An operation whose outcome is unknown returns
 * behind everything else.
 */
import type { Exporter } from './exporter.ts';
import { isOutcomeKnown, payloadsOf, Processes, type Call, type Return } from './history-lines.ts';

/** Behind every time of a session: about 104 days of ns are exact. */
export const neverNs = Number.MAX_SAFE_INTEGER;

export interface PorcupineOperation {
  readonly ClientId: number;
  readonly Input: unknown;
  readonly Call: number;
  readonly Output: unknown;
  readonly Return: number;
  readonly Metadata: { readonly requestId: string; readonly node: number; readonly client?: number };
}

export function porcupineExporter(): Exporter {
  const processes = new Processes();
  const calls = new Map<string, { readonly call: Call; readonly process: number }>();
  let isFirst = true;

  function line(operation: PorcupineOperation): string {
    const separator = isFirst ? '\n' : ',\n';
    isFirst = false;
    return separator + JSON.stringify(operation);
  }

  return {
    begin: () => '[',
    take({ event }) {
      if (event.type === 'request-sent') {
        calls.set(event.requestId, { call: event, process: processes.begin(event.requestId) });
        return '';
      }
      const asked = event.type === 'request-answered' ? calls.get(event.requestId) : undefined;
      if (event.type !== 'request-answered' || !asked) return '';
      calls.delete(event.requestId);
      const isKnown = isOutcomeKnown(asked.call, event);
      processes.end(event.requestId, isKnown);
      return line(operationOf(asked.call, asked.process, event, isKnown));
    },
    end: () =>
      `${[...calls.values()].map(({ call, process }) => line(operationOf(call, process, undefined, false))).join('')}\n]\n`,
  };
}

function operationOf(call: Call, process: number, ret: Return | undefined, isKnown: boolean): PorcupineOperation {
  const { requestId, target, client, timeNs } = call;
  return {
    ClientId: process,
    Input: inputOf(call),
    Call: timeNs,
    Output: isKnown && ret ? ret.outcome : null,
    Return: isKnown && ret ? ret.timeNs : neverNs,
    Metadata: { requestId, node: target, ...(client !== undefined && { client }) },
  };
}

function inputOf(call: Call): unknown {
  const { request } = call;
  if (request.kind === 'index-range') return request;
  const { expect, session } = request;
  return {
    kind: 'append',
    payloads: payloadsOf(call),
    ...(expect && { expect }),
    ...(session && { session }),
  };
}
