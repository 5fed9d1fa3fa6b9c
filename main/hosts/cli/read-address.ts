/**
 * Addresses of servers as they stand on a command line, and the key that goes with them.
 */
import { readFileSync } from 'node:fs';
import { isIPv6, isIP, SocketAddress } from 'node:net';
import { formatAddress, isLoopback } from '../../../shared/address.ts';
import type { Address } from '../../../shared/cluster-config.ts';
import { localClusterKey, parseKeyText, type ClusterKey } from '../../node/key-text.ts';
import { parseAddress } from '../../node/parse-address.ts';
import { UsageError } from '../lab-arguments.ts';

/**
 * A literal IPv4 or IPv6 address with a port.
 * @param option that names it, for messages
 * @param portMin 0 where the system may choose
 * @throws UsageError
 */
export function readAddress(option: string, text: string, portMin: 0 | 1 = 1): Address {
  const { host, port } = parse(option, text);
  if (isIP(host) === 0)
    throw new UsageError(
      `${option}: "${host}" is no literal IPv4 or IPv6 address. Write one, like 127.0.0.1:11110 or [::1]:11110.`,
    );
  if (port < portMin) throw new UsageError(`${option}: "${text}" needs a port from ${portMin} to 65535.`);
  return { host: usualForm(host), port };
}

function parse(option: string, text: string): Address {
  try {
    return parseAddress(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`${option}: ${error.message}`);
  }
}

/** As the system writes it in what arrives: `0:0::1` is `::1`. */
function usualForm(host: string): string {
  return isIPv6(host) ? new SocketAddress({ address: host, family: 'ipv6' }).address : host;
}

/**
 * Without a key, what is on this machine may speak to itself alone.
 * @throws UsageError that names the address for which a key is missing
 */
export function requireKeyBeyondLoopback(command: string, keyFile: string | undefined, all: readonly Address[]): void {
  const beyond = all.find((address) => !isLoopback(address));
  if (keyFile !== undefined || beyond === undefined) return;
  throw new UsageError(
    `${command}: ${formatAddress(beyond)} can be reached from other machines, so the cluster needs a key. ` +
      'Make one with raft-lab key FILE, copy the file to each machine, and give it with --key FILE.',
  );
}

/** @throws UsageError when the file can't be read or holds no key */
export function readKey(keyFile: string | undefined): ClusterKey {
  if (keyFile === undefined) return localClusterKey;
  const parsed = parseKeyText(readText(keyFile));
  if (parsed.ok) return parsed.value;
  throw new UsageError(`--key ${keyFile}: ${parsed.failure.message}`);
}

function readText(keyFile: string): string {
  try {
    return readFileSync(keyFile, 'utf8');
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--key ${keyFile} can't be read: ${problem}. raft-lab key FILE makes one.`);
  }
}
