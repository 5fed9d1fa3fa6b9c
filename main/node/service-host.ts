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
  /** False when the configuration in force does not name this server: it was removed, or is still to be added. */
  isMember(): boolean;
  /** The first entry that the log still holds, or will hold next. */
  firstIndex(): number;
  /** A forwarded append or an unconfirmed read is sent again after this, nanoseconds. */
  retryNs(): number;
  send(to: NodeId, message: ServiceMessage): void;
}
