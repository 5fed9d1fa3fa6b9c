import { describe, expect, it } from 'vitest';
import { runOnSim } from '../../support/scenario-on-sim.ts';
import type { DrivenLab } from '../../support/sim-lab.ts';

function textsOf(driven: DrivenLab): readonly string[] {
  return driven.eventsOf('scenario-step').map(({ text }) => text);
}

function msOf(driven: DrivenLab): readonly number[] {
  const [started] = driven.eventsOf('cluster-started');
  return driven.eventsOf('scenario-step').map(({ timeNs }) => Math.round((timeNs - (started?.timeNs ?? 0)) / 1e6));
}

describe('a step', () => {
  it('is due at its time, or so long after the one before', () => {
    const { outcome, driven } = runOnSim('  - at: 1 s\n  - after: 500 ms\n  - at: 1200 ms\n  - heal-all');
    expect(outcome).toBe('met');
    // Each alarm is set to whole milliseconds.
    expect(msOf(driven).map((ms) => Math.floor(ms / 10) * 10)).toEqual([1_000, 1_500, 1_500, 1_500]);
    expect(textsOf(driven)).toEqual(['waits', 'waits', 'waits', 'heal-all']);
  });

  it('waits for its condition, and for as long as it has to hold', () => {
    const { outcome, driven } = runOnSim('  - when: leader elected\n    for: 2 s\n    name: { first: leader }');
    expect(outcome).toBe('met');
    const [at = 0] = msOf(driven);
    expect(at).toBeGreaterThan(2_000);
    expect(textsOf(driven)[0]).toMatch(/^first is node [012]$/);
  });

  it('fails when its condition does not come in time, and says what stands instead', () => {
    const { outcome, reason } = runOnSim('  - when: two leaders\n    within: 3 s\n    heal-all:');
    expect(outcome).toBe('failed');
    expect(reason).toMatch(/^step 1 \(line 3\) waited 3 s for “two leaders”: node \d leads in term 1; node 0: /);
  });

  it('waits for a server that its words mean', () => {
    expect(runOnSim('  - crash-node: leader').outcome).toBe('met');
    const { outcome, reason } = runOnSim('  - crash-node: follower 3\n    within: 2 s');
    expect(outcome).toBe('met');
    expect(reason).toBe('');
    expect(runOnSim('  - when: leader elected\n  - crash-node: follower 3\n    within: 2 s').reason).toMatch(
      /^step 2 \(line 4\) waited 2 s for “follower 3”: node \d leads/,
    );
  });

  it('counts what happens since the one before', () => {
    const steps = '  - when: leader elected\n  - crash-node: leader\n  - expect: new leader';
    expect(runOnSim(steps).expectations[0]).toMatchObject({ text: 'new leader', outcome: 'met' });
    const late = runOnSim('  - when: leader elected\n  - after: 1 s\n  - expect: new leader\n    within: 2 s');
    expect(late.outcome).toBe('failed');
    expect(late.expectations[0]).toMatchObject({ text: 'new leader', outcome: 'failed' });
  });

  it('is over when its command was carried out; one with a name goes on', () => {
    const { driven, outcome } = runOnSim(
      '  - append: [a]\n  - append: [b]\n    as: second\n  - expect: request second pending\n  - expect: request second answered',
    );
    expect(outcome).toBe('met');
    expect(driven.texts(driven.leader())).toEqual(['a', 'b']);
  });

  it('carries a command out on everyone that its words mean', () => {
    const { driven } = runOnSim('  - when: leader elected\n  - stop-node: followers\n  - expect: no leader');
    expect(textsOf(driven)[1]).toMatch(/^stop-node \d; stop-node \d$/);
    expect(driven.eventsOf('node-ended')).toHaveLength(2);
  });

  it('fails with a command that fails, but as it was expected', () => {
    expect(runOnSim('  - start-node: 0').reason).toMatch(/^line 3: start-node 0: invalid: Node 0 is already/);
    expect(runOnSim('  - start-node: 0\n    refused: invalid').outcome).toBe('met');
    expect(runOnSim('  - heal-all:\n    refused: invalid').reason).toBe(
      'line 3: heal-all: expected to be refused as invalid: it was done',
    );
  });
});
