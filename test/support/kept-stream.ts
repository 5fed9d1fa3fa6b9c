/** A stream with something of everything, stores that hold it, and what queries must answer, found the plain way. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Recording } from '../../main/session/recording.ts';
import { answerQuery } from '../../main/session/queries/answer-query.ts';
import type { SessionHeader } from '../../main/session/session-header.ts';
import type { StreamContent } from '../../main/session/stream-content.ts';
import { storeLimits, StreamStore, type StoreLimits } from '../../main/session/stream-store.ts';
import type { LabEvent } from '../../shared/event.ts';
import { emptyClusterView, projectClusterView, type ClusterView } from '../../shared/projection/cluster-view.ts';
import type { QueryAnswerOf, QueryOf, QueryType } from '../../shared/query.ts';
import type { Result } from '../../shared/result.ts';
import { valueOf } from './real-lab.ts';
import { followerOf, startDrivenLab } from './sim-lab.ts';

export const testHeader: SessionHeader = {
  session: '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed',
  version: '1.2.3',
  world: 'simulated',
  startedAtMs: Date.UTC(2026, 10, 24, 3, 17, 2),
  startedAtNs: 0,
};

let story: readonly LabEvent[] | undefined;

/**
 * Some hundred events of three servers: appends, a crash, an election, a cut, a start. The same each time. They are not quite in the
 * order of time, as those of real threads are.
 */
export function wholeStory(): readonly LabEvent[] {
  story ??= tellStory().map((event, i) => ({ ...event, timeNs: event.timeNs + ((i * 7_919) % 1_009) * 1_000 }));
  return story;
}

function tellStory(): readonly LabEvent[] {
  const driven = startDrivenLab(3, { seed: 3 });
  const leader = driven.leader();
  for (const text of ['a', 'b', 'c']) driven.append(leader, text);
  driven.do({ type: 'crash-node', node: leader });
  const next = driven.leader(leader);
  driven.append(next, 'd', 'e');
  driven.runFor(1_500);
  driven.do({ type: 'start-node', node: leader });
  driven.do({ type: 'cut-link', link: { from: next, to: leader } });
  driven.append(next, 'f');
  driven.runFor(800);
  driven.do({ type: 'heal-all' });
  driven.append(followerOf(driven, 3), 'g');
  driven.runFor(500);
  return driven.events;
}

/** The state behind the first `position` events. */
export function viewBehind(events: readonly LabEvent[], position: number): ClusterView {
  return events.slice(0, position).reduce(projectClusterView, emptyClusterView);
}

/** Small chunks, so that a short story has many. */
export const smallLimits: StoreLimits = { ...storeLimits, chunkEvents: 64, decodedEventsMax: 256 };

export interface StoreSetup {
  readonly file?: string | null;
  readonly bytesMax?: number;
  readonly limits?: Partial<StoreLimits>;
}

export function makeRecording({ file = null, bytesMax = 1e9 }: StoreSetup = {}): Recording {
  return new Recording({ file, bytesMax, header: testHeader, seed: 12_345 });
}

/** A store with `events` in it. */
export function storeOf(events: readonly LabEvent[], setup: StoreSetup = {}): StreamStore {
  const limits = { ...smallLimits, ...setup.limits };
  const store = new StreamStore(testHeader.session, makeRecording(setup), limits);
  store.take(events);
  return store;
}

export function ask<Type extends QueryType>(content: StreamContent, query: QueryOf<Type>): Result<QueryAnswerOf<Type>> {
  return answerQuery(content, query) as Result<QueryAnswerOf<Type>>;
}

/** The value of an answer that must be good. */
export function told<Type extends QueryType>(content: StreamContent, query: QueryOf<Type>): QueryAnswerOf<Type> {
  return valueOf(ask(content, query));
}

export class TestFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'raft-lab-session-'));

  file(name = 'test.raftlab'): string {
    return join(this.path, name);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
