/**
 * A plan for people: what the cluster is, and one line for each act.
 */
import { describeFaultRule } from '../../shared/fault-rule.ts';
import type { Act, Plan, Target } from './plan.ts';

/** The line that repeats a run. */
export function repeatLine({ seed, nodes, ruleOff }: RepeatOptions): string {
  const forNodes = nodes === undefined ? '' : ` --nodes ${nodes}`;
  const without = ruleOff === undefined ? '' : ` --rule-off ${ruleOff}`;
  return `raft-lab sim --seeds ${seed}${forNodes}${without}`;
}

export interface RepeatOptions {
  readonly seed: number;
  readonly nodes?: number | undefined;
  readonly ruleOff?: string | undefined;
}

export function describePlan({ servers, spares, durationMs, setting, acts }: Plan): string[] {
  const { timings, latency, flush, level } = setting;
  const { electionTimeoutMinMs: min, electionTimeoutMaxMs: max, heartbeatIntervalMs } = timings;
  const ms = (ns: number): string => `${ns / 1_000_000}`;
  return [
    `${servers} voters, ${spares} spare servers, ${durationMs} ms, ${level === 'bytes' ? 'real bytes' : 'upper ports'}`,
    `election timeout ${min}–${max} ms, heartbeat ${heartbeatIntervalMs} ms`,
    `latency ${ms(latency.minNs)}–${ms(latency.maxNs)} ms, flush ${ms(flush.minNs)}–${ms(flush.maxNs)} ms`,
    ...acts.map(({ atMs, act }) => `at ${atMs} ms: ${describeAct(act)}`),
  ];
}

function describeAct(act: Act): string {
  switch (act.kind) {
    case 'append': {
      const what = act.payloads.length === 1 ? 'an entry' : `${act.payloads.length} entries`;
      const only = act.expect ? ' if the last one is the one it knows' : '';
      const again = act.asksAgain > 0 ? `, up to ${act.asksAgain} times more` : '';
      const copy = act.copyTo === null ? '' : ` and at ${act.copyTo}`;
      return `client ${act.client} appends ${what} at ${act.node}${copy}${act.session ? ' in its session' : ''}${only}${again}`;
    }
    case 'read':
      return `client ${act.client} reads at ${act.node} (${act.mode})`;
    case 'open-session':
      return `client ${act.client} opens a session`;
    case 'change-membership':
      return `change of membership (${act.mode}): ${act.change} ${act.servers.join(', ')}`;
    case 'transfer':
      return `the office goes to ${act.to}`;
    case 'set-retention':
      return `keep ${act.retainEntries === 0 ? 'everything' : `${act.retainEntries} entries`}`;
    case 'partition':
      return `only ${act.groups.map((group) => `{${group.join(',')}}`).join(' ')} hear each other, for ${act.forMs} ms`;
    case 'link': {
      const { from, to, action, messageKinds, forMs } = act;
      const kinds = messageKinds ? { messageKinds } : {};
      return `${describeFaultRule({ id: '', link: { from, to }, action, ...kinds })}, for ${forMs} ms`;
    }
    case 'weather': {
      const rule = describeFaultRule({ id: '', link: { from: 0, to: 0 }, action: act.action });
      return `everywhere: ${rule.replace(/^.*?: /, '')}, for ${act.forMs} ms`;
    }
    case 'blackout':
      return `the power of all servers goes, for ${act.forMs} ms`;
    case 'keeps-office':
      return `whoever leads is to stay in office for ${act.forMs} ms`;
    case 'gives-up':
      return `whoever leads is to give up its office within ${act.forMs} ms`;
    case 'isolate':
      return `nobody hears ${who(act.node)}${act.oneWay ? '' : ', which hears nobody'}, for ${act.forMs} ms`;
    case 'trap': {
      const what = act.on === 'elected' ? 'is elected' : 'commits as the leader';
      return `whoever ${what} next (within ${act.forMs} ms) is cut off ${act.delayMs} ms later, for ${act.cutMs} ms`;
    }
    case 'disk':
      return `the disk of ${who(act.node)} is ${act.fault}, for ${act.forMs} ms`;
    case 'clock-rate':
      return `the clock of ${act.node} runs ${act.partsPerMillion / 10_000} % off, for ${act.forMs} ms`;
    case 'clock-jump':
      return `the clock of ${act.node} jumps by ${act.byMs} ms`;
    default:
      return `${act.kind} of ${who(act.node)}, for ${act.forMs} ms`;
  }
}

function who(target: Target): string {
  return target === 'leader' ? 'whoever leads' : `server ${target}`;
}
