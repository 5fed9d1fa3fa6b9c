import type { NodeId } from '../../shared/ids.ts';
import type { ServiceMessage } from '../../shared/raft-message.ts';
import type { EmitEvent, Storage } from '../ports.ts';

/** What the log service needs from the node around it. */
export interface ServiceHost {
  readonly storage: Storage;
  readonly emit: EmitEvent;
  nowNs(): number;
  /** The term that this server leads, or null. */
  leads(): number | null;
  send(to: NodeId, message: ServiceMessage): void;
}
