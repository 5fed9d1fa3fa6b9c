/**
 * How many datagrams Linux threw away because the receive buffer of a socket was full: the last column of
 * /proc/net/udp and udp6. Other systems count them for the whole machine only.
 */
import { readFileSync } from 'node:fs';
import type { Address } from '../../shared/cluster-config.ts';

/** Since the socket that listens at `address` was opened; undefined where the system does not say. It reads a small file. */
export function readSocketDrops(address: Address): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return findDrops(readFileSync(`/proc/self/net/udp${address.host.includes(':') ? '6' : ''}`, 'latin1'), address);
  } catch {
    // Not every sandbox shows it.
    return undefined;
  }
}

/** @param table as the kernel prints it: a head, then a line per socket, `sl local_address … drops` */
export function findDrops(table: string, { host, port }: Address): number | undefined {
  const portHex = port.toString(16).toUpperCase().padStart(4, '0');
  const ofPort = table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local]) => local?.endsWith(`:${portHex}`));
  const own = ofPort.find(([, local]) => local === `${hexOfIpv4(host)}:${portHex}`);
  // An address of the other family is not looked for in its printed form: it is known when it is alone at its port.
  const line = own ?? (ofPort.length === 1 ? ofPort[0] : undefined);
  if (line === undefined) return undefined;
  const drops = Number(line.at(-1));
  return Number.isInteger(drops) ? drops : undefined;
}

/** Four bytes as one number of this machine's byte order; undefined for another family. */
function hexOfIpv4(host: string): string | undefined {
  const bytes = host.split('.').map(Number);
  if (bytes.length !== 4) return undefined;
  const [word = 0] = new Uint32Array(Uint8Array.from(bytes).buffer);
  return word.toString(16).toUpperCase().padStart(8, '0');
}
