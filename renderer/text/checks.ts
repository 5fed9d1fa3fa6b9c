/** Text of the pane of checks. */
import type { Verdict } from '../../shared/verdict.ts';

const verdicts: Record<Verdict | 'not-asked', string> = {
  held: 'Held',
  broken: 'Broken',
  'evidence-lost': 'Evidence lost',
  'not-asked': 'Not asked yet',
};

export const text = {
  title: 'Checks',
  judge: 'Judge now',
  judgeAgain: 'Judge again',
  actionJudge: 'Judge: what do the checks say?',
  group: 'Checks',
  notAsked: 'Violations are found by themselves. Whether a promise was held can be said when it is asked for.',
  noCluster: 'No cluster is running',
  noClusterText: 'Start one: what Raft promises is checked against everything that happens.',
  verdict: (verdict: Verdict | 'not-asked'): string => verdicts[verdict],
  allHeld: (count: number): string => `All ${count} promises were held.`,
  broken: (count: number): string => (count === 1 ? 'One promise is broken.' : `${count} promises are broken.`),
  lost: (count: number): string =>
    count === 1 ? 'Of one promise evidence is lost.' : `Of ${count} promises evidence is lost.`,
  upTo: (time: string): string => `Judged up to ${time}`,
  operations: (appends: number, reads: number, unknown: number): string =>
    `${appends.toLocaleString('en')} appends and ${reads.toLocaleString('en')} reads of clients were judged` +
    (unknown > 0 ? `, ${unknown.toLocaleString('en')} with an unknown outcome.` : '.'),
  promiseVoid: (count: number): string =>
    count === 1
      ? 'One lease read was stale while clocks drifted too far: no promise covers it.'
      : `${count} lease reads were stale while clocks drifted too far: no promise covers them.`,
  violations: 'Violations',
  violation: (promise: string): string => `Broken: ${promise}`,
  guardedBy: 'Guarded by',
  proof: 'The events that prove it',
  showEvent: 'Show this event',
  showViolation: 'Show the moment',
  moreViolations: (count: number): string => `and ${count} more`,
  rulesOff: 'Rules that are off',
  promises: 'Promises',
  times: (count: number): string => (count === 1 ? 'once' : `${count} times`),
  notHeld: 'This event is not held any more.',
};
