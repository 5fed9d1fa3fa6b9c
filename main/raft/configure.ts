/**
 * Rules and timings change while the server runs.
 */
import type { Timings } from '../../shared/cluster-config.ts';
import type { RuleId } from '../../shared/rules.ts';
import { heartbeatIntervalNs } from './state.ts';
import { emit, type StepContext } from './step-context.ts';

/** What is not given stays. New timings hold from the next timer that is set. */
export function onConfigure(step: StepContext, rulesOff?: readonly RuleId[], timings?: Timings): void {
  const { state } = step;
  if (timings) changeTimings(step, timings);
  if (!rulesOff) return;
  const reason = describeSwitch(state.rulesOff, rulesOff);
  state.rulesOff = [...rulesOff];
  emit(step, { type: 'rules-changed', rulesOff: state.rulesOff, reason });
}

/** `pre-vote was switched off, check-quorum was switched on`. */
function describeSwitch(before: readonly RuleId[], after: readonly RuleId[]): string {
  const off = after.filter((rule) => !before.includes(rule)).map((rule) => `${rule} was switched off`);
  const on = before.filter((rule) => !after.includes(rule)).map((rule) => `${rule} was switched on`);
  return [...off, ...on].join(', ') || 'none was switched';
}

/** What was silent in the old measure must not be so in the new one before anybody could have answered. */
function changeTimings({ state, nowNs }: StepContext, timings: Timings): void {
  state.timings = timings;
  const { role } = state;
  if (role.name !== 'leader') return;
  role.heartbeatDeadlineNs = Math.min(role.heartbeatDeadlineNs, nowNs + heartbeatIntervalNs(state));
  for (const progress of role.progress.values()) progress.answeredNs = nowNs;
}
