/** The lab behind one port to its host: starts the cluster that is asked for, takes pages in, stops. */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { EventStream } from '../lab/event-stream.ts';
import type { LabEvent } from '../../shared/event.ts';
import { Lab, type LabSetup } from '../lab/lab.ts';
import { keepStream } from '../session/keep-stream.ts';
import { spawnStore, type SpawnStore } from '../session/store-thread.ts';
import { Bridge } from './bridge.ts';
import type { FromLab, LabOptions, ToLab } from './host-messages.ts';
import { Notices } from './notices.ts';
import type { KeepStream } from './open-world.ts';
import { portChannel } from './port-channel.ts';
import { realWorld } from './real-world.ts';
import { openSimWorld } from './sim-world.ts';
import { WorldSwitch } from './world-switch.ts';
import type { World } from './world.ts';

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
export async function serveLab(port: MessagePort, options: LabOptions, parts: ServedParts = {}): Promise<void> {
  const say = (message: FromLab): void => port.postMessage(message);
  const world = openWorlds(options, parts, say);
  const bridge = new Bridge(world, options.version);
  reportNotices(world, say);
  const stopAsked = new Promise<void>((resolve) => {
    port.on('message', (message: ToLab) => {
      if (message.type === 'connect') bridge.connect(portChannel(message.port));
      else resolve();
    });
    port.on('close', resolve);
  });
  const started = startFirstCluster(world, options, say);
  await stopAsked;
  await world.close();
  await started;
  bridge.close();
  say({ type: 'ended' });
  port.close();
}

/** A real lab, and simulated ones in its place; what happens in each is recorded. */
function openWorlds(
  { folder, basePort, timings, version }: LabOptions,
  { spawnStore: spawn = spawnStore, ...parts }: ServedParts,
  say: (message: FromLab) => void,
): WorldSwitch {
  const onNotice = (text: string): void => say({ type: 'notice', text });
  const keep: KeepStream = (stream, world) =>
    keepStream(stream, { folder: join(folder, 'sessions'), version, world, onNotice, spawn });
  return new WorldSwitch({
    openReal() {
      const stream = new EventStream();
      return realWorld(new Lab({ folder, basePort, timings, ...parts }, stream), stream, keep);
    },
    openSimulated: (seed) => openSimWorld({ seed, keep }),
    // Short enough to be told to others.
    drawSeed: () => randomInt(1, 1_000_000),
  });
}

function reportNotices(world: World, say: (message: FromLab) => void): void {
  const notices = new Notices();
  const take = (events: readonly LabEvent[]): void => {
    for (const event of events) {
      const text = notices.take(event);
      if (text !== undefined) say({ type: 'notice', text });
    }
  };
  world.subscribe(take);
  // Another world has begun before it took the place of this one.
  world.onReplaced(() => take(world.snapshot().recentEvents));
}

async function startFirstCluster(
  lab: World,
  { nodes, world, seed }: LabOptions,
  say: (message: FromLab) => void,
): Promise<void> {
  if (nodes > 0) {
    const where = { ...(world && { world }), ...(seed !== undefined && { seed }) };
    const started = await lab.execute({ type: 'start-cluster', nodes, ...where });
    if (!started.ok) say({ type: 'notice', text: `no cluster was started: ${started.failure.message}` });
  }
  say({ type: 'ready' });
}
