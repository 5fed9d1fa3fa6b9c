/**
 * `HOST:PORT` as people write it.
 */
import type { Address } from '../../shared/cluster-config.ts';

/**
 * `127.0.0.1:11110` or `[::1]:11110`.
 * @throws RangeError that shows what is expected.
 */
export function parseAddress(text: string): Address {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host === undefined || port > 65_535) {
    throw new RangeError(`"${text}" is no address. Write HOST:PORT, like 127.0.0.1:11110 or [::1]:11110.`);
  }
  return { host, port };
}
