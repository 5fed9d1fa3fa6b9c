/** What a scenario's words can speak of, as far as it has been read. */
import { didYouMean } from './nearest-word.ts';
import { readServerWord, serverWords, type ServerWord } from './server-words.ts';

export interface Scope {
  /** Servers of the cluster. */
  readonly nodes: number;
  /** Names of servers, of requests and of steps. */
  readonly servers: Set<string>;
  readonly requests: Set<string>;
  readonly steps: Set<string>;
}

export function newScope(nodes: number): Scope {
  return { nodes, servers: new Set(), requests: new Set(), steps: new Set() };
}

/** The word, or what is wrong with it. */
export function serverIn(scope: Scope, value: unknown): ServerWord | string {
  const word = readServerWord(value);
  if (word === undefined) return `expected a server: a number, ${serverWords.join(', ')}, or a name`;
  if (word.kind === 'id' && word.id >= scope.nodes) {
    const last = scope.nodes - 1;
    return `there is no node ${word.id}: the cluster has ${last === 0 ? 'only node 0' : `nodes 0 to ${last}`}`;
  }
  if (word.kind !== 'named' || scope.servers.has(word.name)) return word;
  return `"${word.name}" names no server so far${didYouMean(word.name, [...scope.servers, ...serverWords])}`;
}

/** What is wrong with the name of a request or a step; undefined when it was given. */
export function missingName(names: ReadonlySet<string>, name: string, what: 'request' | 'step'): string | undefined {
  if (names.has(name)) return undefined;
  const known = names.size === 0 ? `no ${what} has a name (as: …)` : `named are ${[...names].join(', ')}`;
  return `there is no ${what} "${name}"; ${known}`;
}
