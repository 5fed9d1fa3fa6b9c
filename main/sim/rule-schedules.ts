/**
 * Plans for runs with a rule off: the ordinary mix of the seed, or a schedule made for a rule whose violation the ordinary
 * mixes come upon too rarely. With the rule on, each of them must be clean.
 */
import type { RuleId } from '../../shared/rules.ts';
import { makePlan, type PlanOptions } from './make-plan.ts';
import type { Plan, Setting } from './plan.ts';
import { durationMs, firstMs, Schedule } from './schedule.ts';
import { changeAndCutOff, changeTwice } from './membership-schedules.ts';

const millisecond = 1_000_000;

/** What a schedule sets, and what it does. */
type Made = Partial<Setting> & {
  readonly servers: number;
  readonly spares?: number;
  readonly fill: (schedule: Schedule) => void;
};

const paper = { electionTimeoutMinMs: 150, electionTimeoutMaxMs: 300, heartbeatIntervalMs: 50 };
/** Entries travel one by one, so that a part of what belongs together may stay behind. */
const oneByOne = { appendEntriesCountMax: 1, inFlightMessagesMax: 1 };

/** Everyone loses its power, again and again, while clients append. */
const powerCuts: Made = {
  servers: 3,
  timings: paper,
  flush: { minNs: 5 * millisecond, maxNs: 60 * millisecond },
  fill(schedule) {
    schedule.each(15, (atMs) => schedule.at(atMs, schedule.append(schedule.node)));
    schedule.each(1_500, (atMs) => schedule.at(atMs, { kind: 'blackout', forMs: 50 }));
  },
};

const schedules: Partial<Record<RuleId, Made>> = {
  /** Elections that are split, with every vote counted twice on the way. */
  'distinct-voters': {
    servers: 5,
    timings: { electionTimeoutMinMs: 150, electionTimeoutMaxMs: 156, heartbeatIntervalMs: 50 },
    latency: { minNs: 2 * millisecond, maxNs: 6 * millisecond, grainNs: 1 },
    fill(schedule) {
      const action = { kind: 'duplicate', percent: 60 } as const;
      schedule.at(0, { kind: 'weather', action, forMs: durationMs });
      schedule.each(500, (atMs) => schedule.at(atMs, { kind: 'crash', node: 'leader', forMs: 250 }));
      schedule.each(200, (atMs) => schedule.at(atMs, schedule.append(schedule.node)));
    },
  },
  /** A follower comes back after a while alone. */
  'pre-vote': {
    servers: 3,
    timings: paper,
    fill(schedule) {
      schedule.each(6_000, (atMs) => {
        schedule.at(atMs, { kind: 'isolate', node: schedule.node, oneWay: false, forMs: 2_500 });
        // Whoever was alone, someone leads by now, and nothing is wrong with it.
        schedule.at(atMs + 2_000, { kind: 'keeps-office', forMs: 3_000 });
      });
    },
  },
  /** A follower that the leader does not reach, while all others hear the leader. */
  'leader-stickiness': {
    servers: 5,
    timings: paper,
    fill(schedule) {
      schedule.each(6_000, (atMs) => {
        const [from, to] = [schedule.node, schedule.node];
        const link = { kind: 'link', from, to, action: { kind: 'cut' }, messageKinds: null, forMs: 2_500 } as const;
        schedule.at(atMs, { kind: 'keeps-office', forMs: 3_500 });
        schedule.at(atMs + 100, link);
      });
    },
  },
  /** A leader that nobody hears. */
  'check-quorum': {
    servers: 3,
    timings: paper,
    fill(schedule) {
      schedule.each(6_000, (atMs) => {
        schedule.at(atMs, { kind: 'gives-up', forMs: 2 * paper.electionTimeoutMaxMs + paper.heartbeatIntervalMs });
        schedule.at(atMs, { kind: 'isolate', node: 'leader', oneWay: false, forMs: 2_500 });
      });
    },
  },
  /** A leader whose disk stands still, with something to write. */
  'step-down-on-stuck-disk': {
    servers: 3,
    timings: paper,
    flush: { minNs: millisecond / 10, maxNs: millisecond },
    fill(schedule) {
      schedule.each(6_000, (atMs) => {
        schedule.at(atMs, { kind: 'disk', node: 'leader', fault: 'stuck', byMs: 0, forMs: 3_000 });
        schedule.at(atMs, { kind: 'gives-up', forMs: 4 * paper.electionTimeoutMaxMs });
        for (let node = 0; node < schedule.servers; node++) schedule.at(atMs + 1, schedule.append(node));
      });
    },
  },
  /** Everyone forgets what is committed, and no client comes any more. */
  'leader-noop': {
    servers: 3,
    timings: paper,
    fill(schedule) {
      schedule.each(100, (atMs) => schedule.at(atMs, schedule.append(schedule.node)));
      schedule.at(durationMs - 1, { kind: 'blackout', forMs: 100 });
    },
  },
  /** Figure 8: leaders come and go with an entry that only some have; the one that commits is cut off at once. */
  'own-term-commit': {
    servers: 5,
    timings: paper,
    tuning: oneByOne,
    flush: { minNs: millisecond / 10, maxNs: millisecond },
    latency: { minNs: 2 * millisecond, maxNs: 6 * millisecond, grainNs: 1 },
    fill(schedule) {
      const { draws } = schedule;
      schedule.each(500, (atMs) => {
        const on = draws.pick(['elected', 'elected', 'commits'] as const);
        const delayMs = on === 'commits' ? 0 : draws.pick([0, 0, 4, 8]);
        const cutMs = draws.integer(300, 1_500);
        schedule.at(atMs, { kind: 'trap', on, companions: [], delayMs, cutMs, forMs: 2_000 });
      });
      schedule.each(300, (atMs) => schedule.at(atMs, schedule.append(schedule.node)));
    },
  },
  /** Reads at a leader that was cut off, while the others elect and append. */
  'lease-shorter-than-timeout': {
    servers: 3,
    timings: { electionTimeoutMinMs: 100, electionTimeoutMaxMs: 600, heartbeatIntervalMs: 40 },
    fill(schedule) {
      schedule.each(3_000, (atMs) => {
        schedule.at(atMs, { kind: 'isolate', node: 'leader', oneWay: false, forMs: 1_200 });
        for (let offset = 100; offset < 700; offset += 12) {
          for (let node = 0; node < schedule.servers; node++) {
            schedule.at(atMs + offset, schedule.append(node));
            schedule.at(atMs + offset + 6, schedule.leaseRead(node));
          }
        }
      });
    },
  },
  /** Changes that only their leader has. */
  'rollback-config-on-truncate': {
    servers: 3,
    spares: 2,
    timings: paper,
    fill: changeAndCutOff,
  },
  /** The flaw of 2015: two leaders change the same configuration, each by one server, none having committed in its term. */
  'config-after-own-term-commit': {
    servers: 4,
    spares: 1,
    timings: paper,
    fill(schedule) {
      for (let atMs = firstMs; atMs < durationMs - 6_000; atMs += 6_000) changeTwice(schedule, atMs);
    },
  },
  'persist-before-reply': powerCuts,
  'durable-quorum-commit': powerCuts,
};

/** The ordinary mix of the seed where no schedule is made for the rule. */
export function planForRule(rule: RuleId, seed: number, options: PlanOptions): Plan {
  const plan = makePlan(seed, options);
  const made = schedules[rule];
  if (!made) return plan;
  const { servers, spares = 0, fill, ...setting } = made;
  const schedule = new Schedule(seed, rule, options.nodes ?? servers);
  fill(schedule);
  const acts = schedule.acts.toSorted((left, right) => left.atMs - right.atMs);
  const calm: Partial<Setting> = {
    level: 'upper',
    latency: { minNs: millisecond / 5, maxNs: millisecond, grainNs: 1 },
  };
  return {
    ...plan,
    servers: schedule.servers,
    spares,
    durationMs,
    setting: { ...plan.setting, ...calm, ...setting },
    acts,
  };
}

/**
 * What a catch has to be: with these rules off an acknowledged entry must be lost after a power cut; that one was committed
 * before it was on enough disks is not enough.
 */
export const demandedPromise: Partial<Record<RuleId, string>> = {
  'persist-before-reply': 'acknowledged-kept',
  'durable-quorum-commit': 'acknowledged-kept',
};
