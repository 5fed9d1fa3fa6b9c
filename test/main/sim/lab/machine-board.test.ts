import { describe, expect, it } from 'vitest';
import { startDrivenLab, type DrivenLab } from '../../../support/sim-lab.ts';

function faultsOf(driven: DrivenLab): string[] {
  return driven.eventsOf('node-fault').map(({ fault, faultRule }) => `${fault}: ${faultRule}`);
}

describe('MachineBoard', () => {
  it('tells a fault of a disk, what becomes of the former one, and nothing when nothing changes', () => {
    const driven = startDrivenLab(3);
    const slow = { kind: 'slow', minMs: 1, maxMs: 2, distribution: 'uniform' } as const;
    driven.do({ type: 'set-disk', node: 2, disk: slow });
    driven.do({ type: 'set-disk', node: 2, disk: slow });
    driven.do({ type: 'set-disk', node: 2, disk: { kind: 'stuck' } });
    driven.do({ type: 'set-disk', node: 2, disk: { kind: 'sound' } });
    driven.do({ type: 'set-disk', node: 2, disk: { kind: 'sound' } });
    expect(faultsOf(driven)).toEqual([
      'slow-disk: slow-disk 2',
      'healed: slow-disk 2',
      'stuck-disk: stuck-disk 2',
      'healed: stuck-disk 2',
    ]);
  });

  it('keeps disk and clock over a restart of the server, and lets a new process run', () => {
    const driven = startDrivenLab(3);
    const node = (driven.leader() + 1) % 3;
    driven.do({ type: 'set-disk', node, disk: { kind: 'slow', minMs: 5, maxMs: 5, distribution: 'uniform' } });
    driven.do({ type: 'set-clock-rate', node, partsPerMillion: 50_000 });
    driven.do({ type: 'pause-node', node });
    driven.do({ type: 'crash-node', node });
    driven.do({ type: 'start-node', node });
    const from = driven.events.length;
    driven.append(driven.leader(), 'a');
    driven.runFor(200);
    const acts = driven.events.slice(from).filter(({ type }) => type === 'node-fault-acted');
    expect(acts[0]).toMatchObject({ target: node, faultRule: `slow-disk ${node}`, act: 'flush-delayed' });
    expect(driven.lab.view.nodes[node]?.faults.map(({ fault }) => fault)).toEqual(['slow-disk', 'clock-rate']);
    expect(driven.do({ type: 'heal-all' })).toEqual({ healed: 2 });
    expect(driven.lab.view.nodes[node]?.faults).toEqual([]);
  });

  it('lets a paused leader lose its office, and go on', () => {
    const driven = startDrivenLab(3);
    const leader = driven.leader();
    driven.do({ type: 'pause-node', node: leader });
    driven.do({ type: 'pause-node', node: leader });
    const from = driven.events.length;
    const next = driven.leader(leader);
    expect(driven.events.slice(from).some(({ node }) => node === leader)).toBe(false);
    driven.do({ type: 'resume-node', node: leader });
    driven.do({ type: 'resume-node', node: leader });
    driven.runFor(500);
    expect(driven.lab.view.nodes[leader]).toMatchObject({ role: 'follower', leaderId: next });
    expect(faultsOf(driven)).toEqual([`pause: pause ${leader}`, `resume: pause ${leader}`]);
  });

  it.each(['upper', 'bytes'] as const)('cuts the power, and answers when the process is gone (%s)', (level) => {
    const driven = startDrivenLab(3, { level });
    const leader = driven.leader();
    expect(driven.append(leader, 'kept').ok).toBe(true);
    driven.do({ type: 'cut-power', node: leader });
    expect(driven.eventsOf('node-ended')).toMatchObject([{ target: leader, cause: 'crashed' }]);
    expect(driven.ask({ type: 'cut-power', node: leader })).toMatchObject({
      failure: { code: 'not-running', message: `Node ${leader} is not running. It has nothing to lose.` },
    });
    driven.do({ type: 'start-node', node: leader });
    expect(driven.texts(driven.leader())).toEqual(['kept']);
  });

  it('takes the power of one that stands still at once, and loses it when it is stopped meanwhile', () => {
    const driven = startDrivenLab(3, { level: 'bytes' });
    const nowNs = driven.lab.nowNs();
    driven.do({ type: 'pause-node', node: 0 });
    driven.do({ type: 'cut-power', node: 0 });
    expect(driven.lab.nowNs()).toBe(nowNs);
    const answers: string[] = [];
    driven.lab.execute({ type: 'cut-power', node: 1 }, ({ ok }) => answers.push(`power ${ok}`));
    driven.lab.execute({ type: 'stop-node', node: 1 }, ({ ok }) => answers.push(`stop ${ok}`));
    expect(answers).toEqual(['power true', 'stop true']);
    expect(driven.eventsOf('node-ended').map(({ target, cause }) => `${target} ${cause}`)).toEqual([
      '0 crashed',
      '1 crashed',
    ]);
  });

  it('wipes a server: it comes back with another folder, and counts when it is added again', () => {
    const driven = startDrivenLab(3);
    const node = (driven.leader() + 1) % 3;
    driven.append(driven.leader(), 'a');
    driven.do({ type: 'wipe-node', node });
    driven.do({ type: 'start-node', node });
    const folders = driven.eventsOf('node-started').filter((event) => event.node === node);
    expect(new Set(folders.map(({ storageId }) => storageId)).size).toBe(2);
    expect(folders.map(({ boot }) => boot)).toEqual([1, 2]);
    driven.do({ type: 'change-membership', voters: [0, 1, 2], learners: [] });
    driven.runFor(300);
    expect(driven.texts(node, 'local')).toEqual(['a']);
    expect(driven.eventsOf('violation-found')).toEqual([]);
  });

  it('lets a clock jump only while its server runs', () => {
    const driven = startDrivenLab(3);
    driven.do({ type: 'jump-clock', node: 1, byMs: 0 });
    driven.do({ type: 'jump-clock', node: 1, byMs: 400 });
    driven.do({ type: 'stop-node', node: 1 });
    const refused = driven.ask({ type: 'jump-clock', node: 1, byMs: 400 });
    expect(refused).toMatchObject({ failure: { code: 'not-running' } });
    expect(faultsOf(driven)).toEqual(['clock-jump: clock 1']);
  });
});
