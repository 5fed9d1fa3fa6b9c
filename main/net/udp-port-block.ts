/**
 * Finds consecutive free UDP ports for a cluster's nodes. Free means: they could be bound a moment ago; another program
 * may still be faster, which the node then reports as `port-taken`.
 */
import { fail, succeed, type Result } from '../../shared/result.ts';
import { formatAddress } from '../../shared/address.ts';
import { ListenError, openUdpDatagrams, type UdpDatagrams } from './udp-datagrams.ts';

export interface PortBlockWanted {
  /** Literal IPv4 or IPv6 address. */
  readonly host: string;
  readonly basePort: number;
  /** Ports in a block. */
  readonly count: number;
  /** How much higher the next block begins. */
  readonly step: number;
  /** How many blocks are tried. */
  readonly blocksMax: number;
}

/** A block that was not free, and its first port that was taken. */
export interface TakenBlock {
  readonly basePort: number;
  readonly port: number;
  /** A sentence for a person. */
  readonly reason: string;
}

export interface PortBlock {
  readonly basePort: number;
  /** The blocks that were tried before, in order; empty when the wanted one is free. */
  readonly taken: readonly TakenBlock[];
}

/** The first block whose ports are all free. `unusable` when there is none or the host can't be listened at. */
export async function findFreePortBlock(wanted: PortBlockWanted): Promise<Result<PortBlock>> {
  const { host, basePort: firstBasePort, count, step, blocksMax } = wanted;
  const taken: TakenBlock[] = [];
  for (let block = 0; block < blocksMax; block += 1) {
    const basePort = firstBasePort + block * step;
    if (basePort + count - 1 > 65_535) break;
    const refusal = await probeBlock(host, basePort, count);
    if (refusal === undefined) return succeed({ basePort, taken });
    if (refusal.code !== 'port-taken' && refusal.code !== 'port-forbidden') return fail('unusable', refusal.message);
    taken.push({ basePort, port: refusal.address.port, reason: refusal.message });
  }
  return fail('unusable', describeNoneFree(wanted, taken));
}

/** Binds all ports of the block and lets them go. @returns why the first of them that is not free is not. */
async function probeBlock(host: string, basePort: number, count: number): Promise<ListenError | undefined> {
  const probes: UdpDatagrams[] = [];
  try {
    for (let port = basePort; port < basePort + count; port += 1) probes.push(await openUdpDatagrams({ host, port }));
    return undefined;
  } catch (error) {
    if (error instanceof ListenError) return error;
    throw error;
  } finally {
    for (const probe of probes) probe.close();
    await Promise.all(probes.map((probe) => probe.closed));
  }
}

function describeNoneFree({ host, basePort, count }: PortBlockWanted, taken: readonly TakenBlock[]): string {
  const intro = `No ${count} free UDP ports in a row were found from ${formatAddress({ host, port: basePort })} on`;
  if (taken.length === 0) return `${intro}: there are not that many ports up to 65535. Choose a lower base port.`;
  const ports = taken.map(({ port }) => port).join(', ');
  return taken.length === 1
    ? `${intro}: 1 block was tried, and this port is taken: ${ports}. Stop what uses it or choose another base port.`
    : `${intro}: ${taken.length} blocks were tried, and these ports are taken: ${ports}. Stop what uses them or choose another base port.`;
}
