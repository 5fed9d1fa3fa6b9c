/** Reads events as log lines: each sample is an event and what its line must say, as `level target text`. */
import { expect, it } from 'vitest';
import type { EventBody, LabEvent } from '../../shared/event.ts';
import { describeEvent, logLevels, logTargets } from '../../shared/projection/log-line.ts';

/** At least one sample for each type of event in `Body`: a new type without one does not compile. */
export type LineSamples<Body extends EventBody> = {
  readonly [Type in Body['type']]: readonly (readonly [Extract<Body, { readonly type: Type }>, string])[];
};

/** Ids and addresses that samples share. */
export const sampleId = '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed';
export const sampleAddress = { host: '127.0.0.1', port: 11_110 };
export const sampleMembers = [0, 1, 2].map((id) => ({ id, address: { host: '127.0.0.1', port: 11_110 + id } }));

/** An event as node 0 would report it in its first life, 12.345678 s after the lab started. */
export function stamped(body: EventBody, node = 0): LabEvent {
  return { node, boot: 1, sequence: 1, timeNs: 12_345_678_000, lamport: 7, ...body };
}

/** One test per sample. */
export function itReads<Body extends EventBody>(samples: LineSamples<Body>, node = 0): void {
  const all = Object.values<readonly (readonly [Body, string])[]>(samples).flat();
  for (const [body, line] of all) {
    it(`${body.type}: ${line}`, () => {
      const { level, target, text } = describeEvent(stamped(body, node));
      expect(`${level} ${target} ${text}`).toBe(line);
      expect(logLevels).toContain(level);
      expect(logTargets).toContain(target);
    });
  }
}
