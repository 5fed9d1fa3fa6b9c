import { describe, expect, it } from 'vitest';
import type { EventOf, NodeFault } from '../../../shared/event.ts';
import {
  faultsWithoutThread,
  nodeFaultsAfter,
  projectLinkFaults,
  type FaultInForce,
  type LinkFaultsView,
} from '../../../shared/projection/faults-view.ts';
import { labSourceId } from '../../../shared/ids.ts';

const stamp = { node: labSourceId, boot: 1, sequence: 1, timeNs: 0, lamport: 1 };

function told(fault: NodeFault, faultRule: string): EventOf<'node-fault'> {
  return { ...stamp, type: 'node-fault', target: 2, fault, faultRule, reason: `${fault}.` };
}

function after(...acts: [NodeFault, string][]): string[] {
  const faults = acts.reduce<readonly FaultInForce[]>(
    (now, [fault, rule]) => nodeFaultsAfter(now, told(fault, rule)),
    [],
  );
  return faults.map(({ faultRule, reason }) => `${faultRule}: ${reason}`);
}

describe('the faults of a node', () => {
  it('are in force until their name is healed', () => {
    expect(after(['slow-disk', 'slow-disk 2'], ['clock-rate', 'clock 2'])).toEqual([
      'slow-disk 2: slow-disk.',
      'clock 2: clock-rate.',
    ]);
    expect(after(['slow-disk', 'slow-disk 2'], ['slow-disk', 'slow-disk 2'])).toHaveLength(1);
    expect(after(['slow-disk', 'slow-disk 2'], ['clock-rate', 'clock 2'], ['healed', 'slow-disk 2'])).toEqual([
      'clock 2: clock-rate.',
    ]);
  });

  it('are over at once, or with a resume', () => {
    expect(after(['power-cut', 'power 2'], ['wipe', 'wipe 2'], ['clock-jump', 'clock 2'])).toEqual([]);
    expect(after(['pause', 'pause 2'], ['stuck-disk', 'stuck-disk 2'], ['resume', 'pause 2'])).toEqual([
      'stuck-disk 2: stuck-disk.',
    ]);
  });

  it('hold no thread that is gone', () => {
    const faults = (['pause', 'full-disk'] as const).map((fault) => ({ fault, faultRule: fault, reason: '' }));
    expect(faultsWithoutThread(faults).map(({ fault }) => fault)).toEqual(['full-disk']);
  });
});

describe('the faults of links', () => {
  const none: LinkFaultsView = { cutLinks: [], faults: [] };
  const link = { from: 0, to: 1 };
  const fault = { id: 'loss', link, action: { kind: 'drop', percent: 5 } } as const;

  it('are cuts and others, each once', () => {
    const cut = { ...stamp, type: 'link-cut', link, faultRule: 'cut 0→1' } as const;
    const cutTwice = projectLinkFaults(projectLinkFaults(none, cut), cut);
    expect(cutTwice).toEqual({ cutLinks: [link], faults: [] });
    expect(projectLinkFaults(cutTwice, { ...cut, type: 'link-healed' })).toEqual(none);
    const set = { ...stamp, type: 'fault-set', faultRule: 'loss', fault, description: '5 % are lost' } as const;
    const withLoss = projectLinkFaults(none, set);
    expect(withLoss.faults).toEqual([{ faultRule: 'loss', description: '5 % are lost', fault }]);
    expect(projectLinkFaults(withLoss, { ...stamp, type: 'fault-cleared', faultRule: 'loss' })).toEqual(none);
  });

  it('are the same view after anything else', () => {
    expect(projectLinkFaults(none, told('pause', 'pause 2'))).toBe(none);
  });
});
