/**
 * How large a datagram may be on its way to an address. Larger ones would be cut by IP, and one lost piece would lose all.
 */
import { limits, type Address } from '../../shared/cluster-config.ts';

/** Sizes to fall back on, descending: macOS's default, Ethernet with room for a tunnel, and what IPv6 promises everywhere (RFC 8200 §5). */
const steps: readonly number[] = [9_216, limits.networkDatagramBytesMax, 1_232];

/** In bytes, header included. */
export function datagramBytesTo({ host }: Address): number {
  const isLoopback = /^127\.\d+\.\d+\.\d+$/.test(host) || host === '::1';
  return isLoopback ? limits.datagramBytesMax : limits.networkDatagramBytesMax;
}

/** The largest datagram that fits every path to `addresses`. */
export function datagramBytesToAll(addresses: readonly Address[]): number {
  return Math.min(limits.datagramBytesMax, ...addresses.map(datagramBytesTo));
}

/** The next size to try when the system would not take `bytes`; undefined when there is none. */
export function stepDownFrom(bytes: number): number | undefined {
  return steps.find((step) => step < bytes);
}
