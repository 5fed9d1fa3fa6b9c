/** A recorded session as a source of answers: the file is read by a thread of its own. */
import { fail, succeed, type Result } from '../../shared/result.ts';
import type { QueryAnswerOf, QueryOf, QueryType } from '../../shared/query.ts';
import type { SessionHeader } from './session-header.ts';
import { spawnStore, StoreThread, type SpawnStore } from './store-thread.ts';

export interface OpenedSession {
  readonly header: SessionHeader;
  /** What is missing or damaged, in sentences. */
  readonly problems: readonly string[];
  /** Never rejects. */
  query<Type extends QueryType>(query: QueryOf<Type>): Promise<Result<QueryAnswerOf<Type>>>;
  close(): Promise<void>;
}

/** Never rejects. `unusable`: it is no session file, a newer one, or can't be read. */
export function openSession(file: string, spawn: SpawnStore = spawnStore): Promise<Result<OpenedSession>> {
  return new Promise((resolve) => {
    const thread = new StoreThread(spawn({ mode: 'open', file }), (message) => {
      if (message.type === 'opened') {
        const { header, problems } = message;
        resolve(succeed({ header, problems, query: (query) => thread.ask(query), close: () => thread.close() }));
      } else if (message.type === 'unusable') {
        resolve(fail('unusable', message.reason));
      } else if (message.type === 'notice') {
        resolve(fail('internal', message.text));
      }
    });
  });
}
