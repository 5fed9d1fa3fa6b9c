/** The lab behind one port to its host: starts the cluster that is asked for, takes pages in, stops. */
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { Lab, type LabSetup } from '../lab/lab.ts';
import { keepStream } from '../session/keep-stream.ts';
import { spawnStore, type SpawnStore } from '../session/store-thread.ts';
import { Bridge } from './bridge.ts';
import { labAsWorld } from './lab-as-world.ts';
import type { FromLab, LabOptions, ToLab } from './host-messages.ts';
import { Notices } from './notices.ts';
import { portChannel } from './port-channel.ts';

export interface ServedParts extends Partial<LabSetup> {
  readonly spawnStore?: SpawnStore;
}

/**
 * Serves until the host says `stop` or closes the port. Pages may connect at once; `ready` says that the first cluster
 * is up, or a `notice` before it why not.
 *
 * @param parts replaces parts of the lab, and the thread of its store.
 * @returns when everything is closed and nothing keeps the thread alive.
 */
export async function serveLab(
  port: MessagePort,
  options: LabOptions,
  { spawnStore: spawn = spawnStore, ...parts }: ServedParts = {},
): Promise<void> {
  const { folder, basePort, timings, version } = options;
  const lab = new Lab({ folder, basePort, timings, ...parts });
  const say = (message: FromLab): void => port.postMessage(message);
  const kept = keepStream(lab, {
    folder: join(folder, 'sessions'),
    version,
    world: 'real',
    onNotice: (text) => say({ type: 'notice', text }),
    spawn,
  });
  const bridge = new Bridge(labAsWorld(lab, kept), version);
  reportNotices(lab, say);
  const stopAsked = new Promise<void>((resolve) => {
    port.on('message', (message: ToLab) => {
      if (message.type === 'connect') bridge.connect(portChannel(message.port));
      else resolve();
    });
    port.on('close', resolve);
  });
  const started = startFirstCluster(lab, options.nodes, say);
  await stopAsked;
  await lab.close();
  await started;
  bridge.close();
  await kept.close();
  say({ type: 'ended' });
  port.close();
}

function reportNotices(lab: Lab, say: (message: FromLab) => void): void {
  const notices = new Notices();
  lab.subscribe((events) => {
    for (const event of events) {
      const text = notices.take(event);
      if (text !== undefined) say({ type: 'notice', text });
    }
  });
}

async function startFirstCluster(lab: Lab, nodes: number, say: (message: FromLab) => void): Promise<void> {
  if (nodes > 0) {
    const started = await lab.execute({ type: 'start-cluster', nodes });
    if (!started.ok) say({ type: 'notice', text: `no cluster was started: ${started.failure.message}` });
  }
  say({ type: 'ready' });
}
