/**
 * Fault rules and transport together, on real UDP: a cut acts at the receiver, in one direction, and says so.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { createLinkFaults } from '../../../main/faults/link-faults.ts';
import { cutRuleId, type FaultRule, type Link } from '../../../shared/fault-rule.ts';
import type { RaftMessage } from '../../../shared/raft-message.ts';
import { closeNodes, startNodes, type RigChanges, type RigNode } from '../net/udp-rig.ts';
import { until } from '../../support/until.ts';

const running: RigNode[] = [];

afterEach(async () => {
  await closeNodes(running);
  running.length = 0;
});

const cut = (link: Link): FaultRule => ({ id: cutRuleId(link), link, action: { kind: 'cut' } });
const question = (round: number): RaftMessage => ({
  kind: 'read-index',
  term: 1,
  round,
  mode: 'linearizable',
});

/** Two nodes that know since when the other runs: what is held for a stranger is never lost to a rule. */
async function startPair(changes: (id: number) => RigChanges): Promise<[RigNode, RigNode]> {
  const nodes = await startNodes(2, changes);
  running.push(...nodes);
  const [left, right] = nodes;
  if (left === undefined || right === undefined) throw new Error('two nodes were asked for');
  left.transport.send(1, question(9));
  right.transport.send(0, question(9));
  await until(() => left.delivered.length === 1 && right.delivered.length === 1);
  return [left, right];
}

describe('a cut link', () => {
  it('drops at the receiver and only in its direction, until it is healed', async () => {
    const faults = [createLinkFaults(0), createLinkFaults(1)];
    const [left, right] = await startPair((id) => {
      const own = faults[id];
      return own === undefined ? {} : { boot: 4 + id, admit: own.admit };
    });
    // Both nodes get the same rules, as the lab gives them.
    for (const own of faults) own.setRules([cut({ from: 0, to: 1 })]);
    left.transport.send(1, question(1));
    right.transport.send(0, question(1));
    await until(() => right.eventsOf('datagram-dropped').length === 1 && left.delivered.length === 2);
    expect(left.eventsOf('datagram-sent')).toHaveLength(2);
    expect(right.eventsOf('datagram-dropped')).toMatchObject([
      { from: 0, fromBoot: 4, datagram: 2, faultRule: 'cut 0→1' },
    ]);
    expect(right.eventsOf('datagram-received')).toHaveLength(1);
    expect(right.delivered).toHaveLength(1);
    expect(left.delivered.at(-1)).toEqual({ from: 1, message: question(1) });

    for (const own of faults) own.setRules([]);
    left.transport.send(1, question(2));
    await until(() => right.delivered.length === 2);
    expect(right.delivered.at(-1)).toEqual({ from: 0, message: question(2) });
  });

  it('never puts the drop before the send', async () => {
    const faults = createLinkFaults(1);
    const [left, right] = await startPair((id) => (id === 1 ? { admit: faults.admit } : {}));
    faults.setRules([cut({ from: 0, to: 1 })]);
    left.lamport.witness(500);
    left.transport.send(1, question(1));
    await until(() => right.eventsOf('datagram-dropped').length === 1);
    expect([left.events.at(-1)?.lamport, right.events.at(-1)?.lamport]).toEqual([501, 502]);
  });
});
