/**
 * What must hold of the configuration that a server goes by (Raft §6, dissertation chapter 4).
 */
import { assert } from '../../shared/assert.ts';
import { mayBeNeeded } from '../../main/raft/quorum.ts';
import { isRuleOn, placedConfigurationOf } from '../../main/raft/state.ts';
import { isSameConfiguration } from './core-disk.ts';
import type { CoreNode } from './core-node.ts';

/** Raft §6: a server goes by the latest configuration in its log; who has no vote does not run. */
export function checkConfiguration({ id, core, log, role }: CoreNode): void {
  const inForce = placedConfigurationOf(core);
  if (isRuleOn(core, 'rollback-config-on-truncate')) {
    const latest = log.findLast(({ configuration }) => configuration !== undefined);
    assert(
      inForce.index === (latest?.index ?? 0),
      `node ${id} goes by the configuration at ${inForce.index}, and its log has the latest at ${latest?.index}`,
    );
    const isIt = !latest || isSameConfiguration(latest.configuration, inForce.configuration);
    assert(isIt, `node ${id} knows the configuration at ${inForce.index} otherwise`);
  }
  if (role === 'candidate') assert(mayBeNeeded(core), `node ${id} runs, and has no vote`);
  if (role !== 'leader' || !isRuleOn(core, 'config-after-own-term-commit')) return;
  const open = core.configurations.filter(({ index }) => index > core.commitIndex);
  const isOwn = open.some(({ index }) => log[index - 1]?.term === core.term);
  assert(!isOwn || open.length === 1, `one change at a time: the leader ${id} has ${open.length} not committed`);
}
