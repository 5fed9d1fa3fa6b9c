/**
 * What the watches of single promises share: what is known of the cluster, and where to say what they found. A watch sees
 * each event with the servers as they were before it.
 */
import type { EventOf, EventType, LabEvent } from '../../shared/event.ts';
import type { BootId, NodeId } from '../../shared/ids.ts';
import type { RuleId } from '../../shared/rules.ts';
import type { CommittedEntries } from './committed-entries.ts';
import type { LatestMap } from './latest-map.ts';
import type { PromiseId } from '../../shared/promises.ts';
import type { ServerView } from './server-view.ts';

/** Who leads a term, and how that is known. */
export interface Office {
  readonly node: NodeId;
  /** Undefined where another server says so. */
  readonly boot: BootId | undefined;
  readonly event: LabEvent;
}

/** Where the entries of a term begin: behind the log that its leader had when it took office. */
export interface Branch {
  readonly firstIndex: number;
  /** Of the entry before; -1 where it is not known. */
  readonly previousTerm: number;
  readonly event: LabEvent;
}

/** All that is known of the cluster. */
export interface ClusterView {
  readonly servers: Map<NodeId, ServerView>;
  /** By term. */
  readonly offices: LatestMap<Office>;
  /** By term. */
  readonly branches: LatestMap<Branch>;
  readonly committed: CommittedEntries;
  /** The latest event in which a rule that is off was passed over, by rule. */
  readonly waived: Map<RuleId, LabEvent>;
  /** Events are missing, or may be. */
  incomplete: boolean;
}

export interface Finding {
  readonly sentence: string;
  /** Those before the present one that it is in conflict with. */
  readonly against?: readonly (LabEvent | undefined)[];
  /** Where the rule is plain; otherwise it is looked for. */
  readonly rule?: RuleId;
}

export type Handle<Type extends EventType> = (event: EventOf<Type>, server: ServerView) => void;

interface Handler {
  handle(event: LabEvent, server: ServerView): void;
}

/** What is called for events of one type. */
export interface Dispatch {
  /** Of servers that are known since their start. */
  readonly known: Handler[];
  readonly any: Handler[];
}

export interface WatchContext {
  readonly cluster: ClusterView;
  readonly crashMayLoseEvents: boolean;
  readonly tableMax: number;
  /** Calls `handle` for events of a server of which everything is known since its start. */
  readonly on: <Type extends EventType>(type: Type, handle: Handle<Type>) => void;
  /** Calls `handle` for every such event. */
  readonly onAny: <Type extends EventType>(type: Type, handle: Handle<Type>) => void;
  /** Called once at the end of the stream. */
  readonly onFinish: (handle: () => void) => void;
  /** The event at hand breaks the promise. */
  readonly report: (promise: PromiseId, finding: Finding) => void;
  /** Something that could have broken it is not known. */
  readonly lose: (promise: PromiseId, reason: string) => void;
}

/** The watch of one promise: registers what it wants to see. */
export type Watch = (context: WatchContext) => void;
