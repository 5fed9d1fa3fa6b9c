/** A node on each of three machines with addresses of their own, as far as one machine can have them: network namespaces. */
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { NodeId } from '../../../../shared/ids.ts';
import { runCli } from '../../../support/cli-process.ts';
import { HeadlessNodes } from '../../../support/headless-nodes.ts';
import { temporaryFolder } from '../../../support/lab-app.ts';
import { NetworkNamespaces } from '../../../support/network-namespaces.ts';
import { skipAloud } from '../../../support/skip-aloud.ts';

const everyone: readonly NodeId[] = [0, 1, 2];
/** The machine of a client that runs no node. */
const desk = 3;

it(
  'three machines elect, take appends through each, lose one, go on, and agree when it is back',
  { timeout: 120_000 },
  async (context) => {
    const network = NetworkNamespaces.make(4);
    if (typeof network === 'string') return skipAloud(context, network);
    onTestFinished(() => network.remove());
    const folder = await temporaryFolder();
    onTestFinished(() => folder.remove());
    const keyFile = join(folder.path, 'cluster.key');
    const key = ['--key', keyFile];
    expect(await runCli(['key', keyFile])).toMatchObject({ exitCode: 0 });
    const places = everyone.map((id) => ({ id, address: `${network.hostOf(id)}:11110`, within: network.within(id) }));
    const nodes = new HeadlessNodes({ places, folder: folder.path, words: key });
    onTestFinished(() => nodes.end());
    /** The client appends through a node. */
    const appendAt = (id: NodeId, text: string, timeoutSeconds = 30): ReturnType<typeof runCli> => {
      const to = ['--to', `${network.hostOf(id)}:11110`, '--timeout', `${timeoutSeconds}`];
      return runCli(['append', ...to, ...key, text], { within: network.within(desk) });
    };
    const append = async (id: NodeId, text: string): Promise<void> => {
      expect(await appendAt(id, text)).toMatchObject({ exitCode: 0, errors: '' });
    };
    const textsAt = (id: NodeId): Promise<string[]> => nodes.texts(id, ...key, '--read', 'local');

    await nodes.start();
    for (const id of everyone) await append(id, `through ${id}`);
    const before = everyone.map((id) => `through ${id}`);
    for (const id of everyone) await expect.poll(() => textsAt(id)).toEqual(before);

    const lost = leaderOf(nodes);
    const others = everyone.filter((id) => id !== lost);
    network.setLink(lost, 'down');
    const cutOff = await appendAt(lost, 'never there', 1);
    expect(cutOff).toMatchObject({ exitCode: 1, errors: expect.stringContaining('Nobody answered') as string });
    for (const id of others) await append(id, `without ${lost} through ${id}`);
    const after = [...before, ...others.map((id) => `without ${lost} through ${id}`)];
    expect(await textsAt(lost)).toEqual(before);

    network.setLink(lost, 'up');
    for (const id of everyone) await expect.poll(() => textsAt(id)).toEqual(after);
    await append(lost, 'healed');
    for (const id of everyone) await expect.poll(() => textsAt(id)).toEqual([...after, 'healed']);
    expect(await Promise.all(everyone.map((id) => nodes.stop(id)))).toEqual([0, 0, 0]);
    return undefined;
  },
);

/** Whoever the logs named last as a leader of the latest term. */
function leaderOf(nodes: HeadlessNodes): NodeId {
  const named = everyone.flatMap((id) => [...nodes.logOf(id).matchAll(/the leader of term (\d+) is (\d+)/g)]);
  const latest = named.toSorted((one, other) => Number(other[1]) - Number(one[1]))[0];
  return Number(latest?.[2]);
}
