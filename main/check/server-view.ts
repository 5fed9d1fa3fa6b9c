/** One server as the stream shows it. */
import type { PlacedConfiguration } from '../../shared/configuration.ts';
import type { EventOf, LabEvent, RoleName } from '../../shared/event.ts';
import { storageNumberOf, type BootId, type NodeId } from '../../shared/ids.ts';
import { TermLog } from './term-log.ts';

/** What a data folder is known to hold, or to have held when its server was seen last. */
export interface Folder {
  readonly storage: number;
  log: TermLog;
  /** Entries up to here are on disk. */
  durableIndex: number;
  durableSnapshotIndex: number;
  term: number;
  votedFor: NodeId | null;
  /** The server crashed, and may have written more than it could tell. */
  tailUnknown: boolean;
}

export interface ServerView {
  readonly id: NodeId;
  boot: BootId;
  /** Of the latest event. */
  sequence: number;
  /** False until its start was seen, and from the first gap in its events to the next start. */
  known: boolean;
  /** False from the first event of a life to its `node-started`. */
  started: boolean;
  role: RoleName;
  term: number;
  commitIndex: number;
  appliedIndex: number;
  folder: Folder;
  /** Those of its log, ascending: the last one is in force. The first may stand in its snapshot. */
  configurations: readonly PlacedConfiguration[];
  /** Folders that it had before, the latest first: a wipe does not undo what they had acknowledged. */
  formerFolders: readonly Folder[];
}

const formerFoldersMax = 8;

function emptyFolder(storage: number): Folder {
  return {
    storage,
    log: new TermLog(),
    durableIndex: 0,
    durableSnapshotIndex: 0,
    term: 0,
    votedFor: null,
    tailUnknown: false,
  };
}

export function unseenServer(id: NodeId): ServerView {
  return {
    id,
    boot: -1,
    sequence: 0,
    known: false,
    started: false,
    role: 'follower',
    term: 0,
    commitIndex: 0,
    appliedIndex: 0,
    folder: emptyFolder(-1),
    configurations: [],
    formerFolders: [],
  };
}

/** The log that a start has found. */
export function recoveredLog({ snapshot, termRuns, lastIndex }: EventOf<'node-started'>): TermLog {
  const [first] = termRuns;
  const { lastIncludedIndex, lastIncludedTerm } = snapshot;
  // Entries before the snapshot's end may still be in the log; the one before them is not told.
  if (first && first.firstIndex <= lastIncludedIndex) {
    const baseIndex = first.firstIndex - 1;
    return TermLog.from(baseIndex, baseIndex === 0 ? 0 : -1, termRuns, lastIndex);
  }
  return TermLog.from(lastIncludedIndex, lastIncludedTerm, termRuns, lastIndex);
}

/** The server has started: what it knows is what its disk had. */
export function restart(server: ServerView, event: EventOf<'node-started'>): void {
  const storage = storageNumberOf(event.storageId);
  const { folder } = server;
  if (folder.storage !== -1 && folder.storage !== storage) {
    server.formerFolders = [folder, ...server.formerFolders].slice(0, formerFoldersMax);
  }
  const { lastIncludedIndex } = event.snapshot;
  server.folder = {
    ...emptyFolder(storage),
    log: recoveredLog(event),
    durableIndex: event.lastIndex,
    durableSnapshotIndex: lastIncludedIndex,
    term: event.term,
    votedFor: event.votedFor,
  };
  server.known = true;
  server.started = true;
  server.role = 'follower';
  server.term = event.term;
  server.commitIndex = lastIncludedIndex;
  server.appliedIndex = lastIncludedIndex;
  server.configurations = [event.configuration];
}

/** What one event changes. Called after the checks have seen it. */
export function advance(server: ServerView, event: LabEvent): void {
  const { folder } = server;
  switch (event.type) {
    case 'entries-appended':
      folder.log.append(event.firstIndex, event.lastIndex, event.term);
      return;
    case 'entries-persisted':
      folder.durableIndex = Math.max(folder.durableIndex, Math.min(event.lastIndex, folder.log.lastIndex));
      // A write from before an installed snapshot says nothing about it.
      if (event.lastIndex >= folder.log.baseIndex)
        folder.durableSnapshotIndex = Math.max(folder.durableSnapshotIndex, folder.log.baseIndex);
      if (event.term >= folder.term) {
        folder.term = event.term;
        folder.votedFor = event.votedFor;
      }
      return;
    case 'commit-advanced':
      server.commitIndex = event.to;
      return;
    case 'entries-applied':
      server.appliedIndex = event.to;
      return;
    case 'role-changed':
      server.role = event.to;
      server.term = event.term;
      return;
    case 'term-changed':
      server.term = event.to;
      return;
    case 'entries-truncated':
      folder.log.truncate(event.fromIndex);
      folder.durableIndex = Math.min(folder.durableIndex, event.fromIndex - 1);
      return;
    default:
      return advanceRarely(server, event);
  }
}

function advanceRarely(server: ServerView, event: LabEvent): void {
  const { folder } = server;
  switch (event.type) {
    case 'snapshot-installed':
      folder.log = new TermLog();
      folder.log.restart(event.lastIncludedIndex, event.lastIncludedTerm);
      folder.durableIndex = Math.min(folder.durableIndex, event.lastIncludedIndex);
      server.commitIndex = Math.max(server.commitIndex, event.lastIncludedIndex);
      return;
    case 'snapshot-restored':
      server.appliedIndex = event.lastIncludedIndex;
      return;
    case 'snapshot-saved':
      folder.durableSnapshotIndex = Math.max(folder.durableSnapshotIndex, event.lastIncludedIndex);
      return;
    case 'log-compacted':
      folder.log.compact(event.lastIncludedIndex);
      return;
    case 'configuration-changed':
      server.configurations = [
        ...server.configurations.filter(({ index }) => index < event.index),
        { index: event.index, configuration: event.configuration },
      ];
      return;
    case 'configuration-rolled-back':
      server.configurations = [
        ...server.configurations.filter(({ index }) => index < event.index),
        { index: event.index, configuration: event.configuration },
      ];
      return;
    default:
  }
}
