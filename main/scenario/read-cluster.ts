/** What cluster a scenario begins with. */
import { checkTimings, limits, paperTimings, type Timings } from '../../shared/cluster-config.ts';
import { commandSchema, type CommandOf } from '../../shared/command.ts';
import { timingPresets } from '../../shared/timing-presets.ts';
import { readDuration, readDurationSpan } from './durations.ts';
import { findingsOf, type Finding } from './issue-text.ts';
import { nearestWord } from './nearest-word.ts';

export const namedTimings: Readonly<Record<string, Timings>> = Object.fromEntries(
  timingPresets.map(({ id, timings }) => [id, timings]),
);

const defaultNodes = 3;
const knownKeys = ['nodes', 'voters', 'timings', 'networkDelay', 'rulesOff', 'snapshotEveryEntries', 'seed'];

/** @returns the command that starts it, and what is wrong; paths begin at the scenario */
export function readCluster(given: Readonly<Record<string, unknown>>): {
  readonly cluster: CommandOf<'start-cluster'>;
  readonly findings: readonly Finding[];
} {
  const findings: Finding[] = [];
  const say = (key: string, message: string): void => {
    findings.push({ path: ['cluster', key], part: 'value', message });
  };
  const { timings: wanted, networkDelay, ...others } = given;
  const rest =
    networkDelay === undefined ? others : { ...others, networkDelay: readDurationSpan(networkDelay) ?? networkDelay };
  const timings = wanted === undefined ? undefined : readTimings(wanted);
  if (typeof timings === 'string') say('timings', timings);
  const command = { type: 'start-cluster', nodes: defaultNodes, fresh: true, ...rest };
  const read = commandSchema.safeParse({ ...command, ...(typeof timings === 'object' && { timings }) });
  if (!read.success) {
    const found = findingsOf(read.error.issues, command, knownKeys);
    findings.push(...found.map((finding) => ({ ...finding, path: ['cluster', ...finding.path] })));
  }
  for (const key of ['type', 'fresh', 'world']) {
    if (key in given) findings.push({ path: ['cluster', key], part: 'key', message: `unknown key "${key}"` });
  }
  const cluster = read.success && read.data.type === 'start-cluster' ? read.data : undefined;
  if (cluster?.voters !== undefined && cluster.voters > cluster.nodes) {
    say('voters', `${cluster.voters} of ${cluster.nodes} nodes can't vote; give at most as many voters as nodes`);
  }
  const { nodes } = given;
  const isCount = typeof nodes === 'number' && nodes >= limits.nodesMin && nodes <= limits.nodesMax;
  return { cluster: cluster ?? { type: 'start-cluster', nodes: isCount ? nodes : defaultNodes }, findings };
}

function readTimings(given: unknown): Timings | string {
  if (typeof given === 'string') {
    const names = Object.keys(namedTimings);
    const nearest = nearestWord(given, names);
    return (
      namedTimings[given] ??
      `there are no timings "${given}"; ${nearest === undefined ? `there are ${names.join(', ')}` : `did you mean "${nearest}"?`}`
    );
  }
  if (typeof given !== 'object' || given === null) return 'expected the name of timings, or the times themselves';
  const fields = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, readDuration(value) ?? value]));
  const { electionTimeoutMinMs, electionTimeoutMaxMs, heartbeatIntervalMs, ...others } = fields;
  const [other] = Object.keys(others);
  if (other !== undefined) return `unknown key "${other}"; there are ${Object.keys(paperTimings).join(', ')}`;
  const times = [electionTimeoutMinMs, electionTimeoutMaxMs, heartbeatIntervalMs];
  if (!times.every((ms) => typeof ms === 'number'))
    return `expected three times: ${Object.keys(paperTimings).join(', ')}`;
  const [min = 0, max = 0, heartbeat = 0] = times;
  const timings = { electionTimeoutMinMs: min, electionTimeoutMaxMs: max, heartbeatIntervalMs: heartbeat };
  return checkTimings(timings) ?? timings;
}
