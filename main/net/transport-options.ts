import type { Member } from '../../shared/cluster-config.ts';
import type { BootId, ClusterId, NodeId } from '../../shared/ids.ts';
import type { LamportClock } from '../lamport-clock.ts';
import type { AdmitDatagram } from '../fault-port.ts';
import type { Datagrams, EmitEvent } from '../ports.ts';

export interface TransportOptions {
  readonly self: NodeId;
  /** Rises with every start. */
  readonly boot: BootId;
  readonly clusterId: ClusterId;
  /** What the cluster's servers share: `clusterKeyBytes` bytes. Whoever has them may speak as any of the servers. */
  readonly key: Uint8Array;
  /** Everyone, this node among them. Addresses are where each is tried first. */
  readonly members: readonly Member[];
  readonly datagrams: Datagrams;
  /** Must tick `lamport` once for every event. */
  readonly emit: EmitEvent;
  readonly lamport: LamportClock;
  /** Version 4 uuids when not given. They must not be foreseeable by a stranger: greetings are answered with them. */
  readonly newUuid?: () => string;
  /** Monotonic time; the process's when not given. */
  readonly nowNs?: () => number;
  /** What the fault rules say; everything passes when not given. */
  readonly admit?: AdmitDatagram;
  /** `limits.toldPerSecondMax` when not given. */
  readonly toldPerSecondMax?: number;
  /** The receiver's term, so that absurd jumps are refused; not checked when not given. */
  readonly currentTerm?: () => number;
}
