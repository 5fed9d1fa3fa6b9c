/** Payloads that no two requests share, so that whoever reads one knows which request wrote it. */

const tagDigits = 5;
const dot = 0x2e;

/** Tells one workload from the others that write into the same log. */
export function payloadTag(seed: number): string {
  return (seed >>> 0).toString(36).padStart(tagDigits, '0').slice(-tagDigits);
}

/**
 * `tag.client.number`, filled up with dots. It is as long as its name where that is longer than `payloadBytes`.
 * @param number of the request, counted by its client
 */
export function makePayload(tag: string, client: number, number: number, payloadBytes: number): Uint8Array {
  const name = `${tag}.${client.toString(36)}.${number.toString(36)}`;
  const payload = new Uint8Array(Math.max(payloadBytes, name.length)).fill(dot);
  for (let at = 0; at < name.length; at += 1) payload[at] = name.charCodeAt(at);
  return payload;
}
