/**
 * What the servers of one simulated cluster share.
 */
import type { Member, Timings } from '../../shared/cluster-config.ts';
import type { Configuration } from '../../shared/configuration.ts';
import type { NodeStopCause } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { RuleId } from '../../shared/rules.ts';
import type { Transport } from '../ports.ts';
import type { Tuning } from '../raft/state.ts';
import type { Folders } from './folders.ts';
import type { SimProcess } from './sim-process.ts';
import type { OnEvent, Stamper } from './stamper.ts';
import type { World } from './world.ts';

export interface SimContext {
  readonly world: World;
  /** Stamps what the lab itself does. */
  readonly lab: Stamper;
  readonly onEvent: OnEvent;
  readonly members: readonly Member[];
  /** What every folder begins with, a wiped one too. */
  readonly bootstrap: Configuration;
  readonly timings: Timings;
  readonly tuning: Partial<Tuning>;
  readonly rulesOff: readonly RuleId[];
  readonly snapshotEveryEntries: number;
  readonly sessionsMax: number;
  /** A seed for each thing that draws. */
  readonly seedOf: (name: string) => number;
  readonly folders: Folders;
  createTransport(stamper: Stamper, process: SimProcess, currentTerm: () => number): Transport;
  onEnded(id: NodeId, cause: NodeStopCause, reason: string): void;
}
