/**
 * The commands of transcripts: what a scenario file can make a cluster do. test/scenarios/README.md lists them for those
 * who write one.
 */
import { assert, required } from '../../shared/assert.ts';
import type { NodeId } from '../../shared/ids.ts';
import { isRuleId, type RuleId } from '../../shared/rules.ts';
import type { Disk } from './core-disk.ts';
import { logOf } from './core-messages.ts';
import type { Flight } from './core-network.ts';
import type { Tuning } from '../../main/raft/state.ts';
import { TranscriptCluster } from './transcript-cluster.ts';
import { logTable, stateTable } from './transcript-tables.ts';

/** One run of one file. */
export class TranscriptRun {
  seed = 1;
  rulesOff: RuleId[] = [];
  tuning: Partial<Tuning> = {};
  readonly disks: Record<NodeId, Partial<Disk>> = {};
  /** Messages that a command keeps back for later. */
  held: Flight[] = [];
  #cluster: TranscriptCluster | undefined;

  get cluster(): TranscriptCluster {
    return required(this.#cluster, 'the first command about servers is `cluster`');
  }

  get hasCluster(): boolean {
    return this.#cluster !== undefined;
  }

  build(size: number, learners: readonly NodeId[]): void {
    assert(!this.hasCluster, 'a file has one cluster');
    const { seed, rulesOff, disks, tuning } = this;
    this.#cluster = new TranscriptCluster({ size, learners, seed, rulesOff, disks, tuning });
  }
}

type Command = (run: TranscriptRun, words: readonly string[]) => void;

const setUp: Readonly<Record<string, Command>> = {
  seed: (run, [seed]) => {
    run.seed = integer(seed);
  },
  'rules-off': (run, words) => {
    run.rulesOff = words.map((word) => {
      assert(isRuleId(word), `'${word}' is no rule`);
      return word;
    });
  },
  'chunk-bytes': (run, [bytes]) => {
    run.tuning = { ...run.tuning, snapshotChunkBytesMax: integer(bytes) };
  },
  'entries-per-message': (run, [count]) => {
    run.tuning = { ...run.tuning, appendEntriesCountMax: integer(count) };
  },
  log: (run, [id, ...terms]) => {
    const log = logOf(terms.map(integer));
    run.disks[integer(id)] = { log, term: log.at(-1)?.term ?? 0 };
  },
  term: (run, [id, term]) => {
    run.disks[integer(id)] = { ...run.disks[integer(id)], term: integer(term) };
  },
  cluster: (run, [size, ...rest]) => {
    run.build(integer(size), listed(rest, 'learners'));
    run.cluster.lines.push(...stateTable(run.cluster.all));
  },
};

const timeAndMessages: Readonly<Record<string, Command>> = {
  'time-out': ({ cluster }, [id]) => cluster.timeOut(integer(id)),
  elect: ({ cluster }, [id]) => void cluster.electNode(integer(id)),
  campaign: ({ cluster }, [id]) => {
    cluster.timeOut(integer(id));
    const isAboutVotes = ({ message }: Flight): boolean => /vote/.test(message.kind);
    for (let votes = cluster.take(isAboutVotes); votes.length > 0; votes = cluster.take(isAboutVotes)) {
      for (const flight of votes) cluster.arrive(flight);
    }
  },
  run: ({ cluster }, [milliseconds]) => {
    cluster.brief = true;
    cluster.run(integer(milliseconds?.replace(/ms$/, '')));
    cluster.brief = false;
  },
  deliver: ({ cluster }, words) => {
    for (const flight of some(cluster, words)) cluster.arrive(flight);
  },
  settle: ({ cluster }, words) => {
    for (let flights = taken(cluster, words); flights.length > 0; flights = taken(cluster, words)) {
      for (const flight of flights) cluster.arrive(flight);
    }
  },
  drop: ({ cluster }, words) => {
    for (const flight of taken(cluster, words)) cluster.lines.push(`${cluster.describe(flight)}: lost`);
  },
  repeat: ({ cluster }, words) => {
    const flights = some(cluster, words);
    cluster.flights = [...flights, ...cluster.flights];
    for (const flight of flights) cluster.arrive(flight);
  },
  hold: (run, words) => {
    const flights = some(run.cluster, words);
    run.held.push(...flights);
    for (const flight of flights) run.cluster.lines.push(`${run.cluster.describe(flight)}: held back`);
  },
  release: (run) => {
    for (const flight of run.held.splice(0)) run.cluster.arrive(flight);
  },
};

const faults: Readonly<Record<string, Command>> = {
  cut: ({ cluster }, [link = '']) => {
    const [, from, arrow, to] = required(/^(\d+)(<?>)(\d+)$/.exec(link) ?? undefined, `'${link}' is no link`);
    if (arrow === '>') cluster.cutOneWay(integer(from), integer(to));
    else cluster.cut(integer(from), integer(to));
  },
  isolate: ({ cluster }, ids) => cluster.isolate(...ids.map(integer)),
  heal: ({ cluster }) => cluster.heal(),
  crash: ({ cluster }, [id, wholeWrites = '0']) => cluster.crash(integer(id), integer(wholeWrites)),
  restart: ({ cluster }, [id]) => cluster.restart(integer(id)),
  wipe: ({ cluster }, [id]) => cluster.wipe(integer(id)),
  'slow-disk': ({ cluster }, [id]) => {
    cluster.node(integer(id)).slowDisk = true;
  },
  'fast-disk': ({ cluster }, [id]) => {
    cluster.node(integer(id)).slowDisk = false;
    cluster.completeWrites(integer(id));
  },
  'complete-writes': ({ cluster }, [id, count]) => {
    cluster.completeWrites(integer(id), count === undefined ? undefined : integer(count));
  },
  add: ({ cluster }, [id]) => void cluster.add(integer(id)),
};

const requests: Readonly<Record<string, Command>> = {
  propose: ({ cluster }, [id, ...texts]) => void cluster.propose(integer(id), ...texts),
  read: ({ cluster }, [id, mode = 'linearizable']) => {
    assert(mode === 'linearizable' || mode === 'lease', `'${mode}' is no way to read`);
    cluster.read(integer(id), mode);
  },
  change: ({ cluster }, [id, mode, ...rest]) => {
    assert(mode === 'joint' || mode === 'single-server', `'${mode}' is no way to change`);
    const servers = { voters: listed(rest, 'voters'), learners: listed(rest, 'learners') };
    cluster.changeMembership(integer(id), { mode, ...servers });
  },
  transfer: ({ cluster }, [from, to]) => void cluster.transferLeadership(integer(from), integer(to)),
  snapshot: ({ cluster }, [id, index]) => {
    cluster.takeSnapshot(integer(id), index === undefined ? undefined : integer(index));
  },
  state: ({ cluster }) => void cluster.lines.push(...stateTable(cluster.all)),
  logs: ({ cluster }) => void cluster.lines.push(...logTable(cluster.all)),
  'in-flight': ({ cluster }) => void cluster.lines.push(...cluster.flights.map((flight) => cluster.describe(flight))),
};

const commands: Readonly<Record<string, Command>> = { ...setUp, ...timeAndMessages, ...faults, ...requests };

export const commandNames: readonly string[] = Object.keys(commands);

/** Carries out one line. @throws AssertionError when it makes no sense. */
export function carryOut(run: TranscriptRun, line: string): void {
  const [name = '', ...words] = line.split(/\s+/);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const isEarly = Object.hasOwn(setUp, name);
  assert(!isEarly || !run.hasCluster, `'${name}' comes before the cluster`);
  required(command, `'${name}' is no command`)(run, words);
}

function integer(word: string | undefined): number {
  assert(word !== undefined && /^\d+$/.test(word), `'${word}' is no number`);
  return Number(word);
}

/** The numbers behind `name`, up to the next name. */
function listed(words: readonly string[], name: string): number[] {
  const at = words.indexOf(name);
  const rest = at === -1 ? [] : words.slice(at + 1);
  const end = rest.findIndex((word) => !/^\d+$/.test(word));
  return rest.slice(0, end === -1 ? rest.length : end).map(integer);
}

/** `1->2 append-entries 1`: from whom to whom (`1<>2` both ways), which kind, how many; each may be missing. */
function taken(cluster: TranscriptCluster, words: readonly string[]): Flight[] {
  const [link, left, arrow, right] = /^(\d*)(->|<>)(\d*)$/.exec(words[0] ?? '') ?? [];
  const kind = words.find((word) => /^[a-z]/.test(word));
  const count = words.find((word) => /^\d+$/.test(word));
  const known = [link, kind, count].filter((word) => word !== undefined).length;
  assert(known === words.length, `'${words.join(' ')}' names no messages`);
  const isOn = (from: NodeId, to: NodeId): boolean =>
    (!left || from === integer(left)) && (!right || to === integer(right));
  const fits = ({ from, to, message }: Flight): boolean =>
    (isOn(from, to) || (arrow === '<>' && isOn(to, from))) && (kind === undefined || message.kind === kind);
  return cluster.take(fits, count === undefined ? Infinity : integer(count));
}

function some(cluster: TranscriptCluster, words: readonly string[]): Flight[] {
  const flights = taken(cluster, words);
  assert(flights.length > 0, `no message fits '${words.join(' ')}'`);
  return flights;
}
