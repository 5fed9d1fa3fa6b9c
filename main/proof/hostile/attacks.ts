/**
 * What somebody without the key sends: noise, damage, other clusters' datagrams, and what was said here before.
 */
import type { Address } from '../../../shared/cluster-config.ts';
import type { BootId, NodeId } from '../../../shared/ids.ts';
import { drawInteger, drawPercent, type RandomState } from '../../../shared/random.ts';
import { createSeal, type Seal } from '../../net/seal.ts';
import { limits } from '../../../shared/cluster-config.ts';
import { drawBytes, drawOne, mutate } from './draw-bytes.ts';
import { forge } from './forge.ts';
import { clusterIdBytes, servers, type Capture } from './quiet-cluster.ts';

/** What an attack may look at, and whom it is for. */
export interface Scene {
  readonly random: RandomState;
  readonly cluster: {
    readonly captures: readonly Capture[];
    /** What is known of a server. */
    readonly node: (id: NodeId) => {
      readonly boot: BootId;
      readonly lamport: { readonly current: number };
      readonly state: { readonly term: number };
    };
  };
  readonly victim: NodeId;
}

/** @returns undefined when there is nothing of the kind yet. */
export type Attack = (scene: Scene) => Uint8Array | undefined;

/** From anywhere: real addresses can be forged, others are free. */
export function drawAddress(random: RandomState): Address {
  return drawPercent(random, 50)
    ? { host: '127.0.0.1', port: 11_110 + drawInteger(random, 0, 3) }
    : { host: `10.0.${drawInteger(random, 0, 255)}.9`, port: drawInteger(random, 1, 65_535) };
}

export const foreignSeal: Seal = createSeal(new Uint8Array(32).fill(8));
const foreignCluster = new Uint8Array(16).fill(0x5a);

/** A capture that fits, looked for from a place by chance. */
function find({ random, cluster: { captures } }: Scene, fits: (capture: Capture) => boolean): Uint8Array | undefined {
  if (captures.length === 0) return undefined;
  const from = drawInteger(random, 0, captures.length - 1);
  for (let tried = 0; tried < captures.length; tried += 1) {
    const capture = captures[(from + tried) % captures.length];
    if (capture !== undefined && fits(capture)) return capture.bytes;
  }
  return undefined;
}

const anyOf = ({ random, cluster: { captures } }: Scene): Uint8Array => drawOne(random, captures).bytes;
const bootOf = ({ cluster }: Scene, id: NodeId): number => cluster.node(id).boot;
const isMessage = ({ kind }: Capture): boolean =>
  kind !== 'hello' && kind !== 'hello-reply' && kind !== 'fragments-held';

export const strangerAttacks: Readonly<Record<string, Attack>> = {
  'random bytes': ({ random }) =>
    drawBytes(random, drawPercent(random, 1) ? drawInteger(random, 0, 65_000) : drawInteger(random, 0, 200)),
  'random behind the magic': ({ random }) => {
    const bytes = drawBytes(random, drawInteger(random, 3, 300));
    bytes.set([0x52, 0x4c, 3]);
    if (bytes.length >= 36 && drawPercent(random, 70)) bytes.set(clusterIdBytes, 20);
    return bytes;
  },
  mutated: (scene) => mutate(scene.random, anyOf(scene), anyOf(scene)),
  'cut off': (scene) => {
    const whole = anyOf(scene);
    return whole.subarray(0, drawInteger(scene.random, 0, whole.length - 1));
  },
  'foreign key': (scene) => forge(scene, { senderId: peerOf(scene) }, { seal: foreignSeal }),
  'foreign cluster': (scene) => forge(scene, { senderId: peerOf(scene) }, { cluster: foreignCluster }),
  'foreign cluster and key': (scene) =>
    forge(scene, { senderId: peerOf(scene) }, { cluster: foreignCluster, seal: foreignSeal }),
  replayed: (scene) =>
    find(
      scene,
      (capture) =>
        isMessage(capture) &&
        capture.to === scene.victim &&
        capture.toBoot === bootOf(scene, scene.victim) &&
        capture.fromBoot === bootOf(scene, capture.from),
    ),
  "replayed from before the sender's restart": (scene) =>
    find(
      scene,
      (capture) =>
        isMessage(capture) &&
        capture.to === scene.victim &&
        capture.toBoot === bootOf(scene, scene.victim) &&
        capture.fromBoot < bootOf(scene, capture.from),
    ),
  "replayed from before the receiver's restart": (scene) =>
    find(
      scene,
      (capture) => isMessage(capture) && capture.to === scene.victim && capture.toBoot < bootOf(scene, scene.victim),
    ),
  'replayed between transports': (scene) =>
    find(scene, (capture) => !isMessage(capture) && capture.to === scene.victim),
  'replayed greeting': (scene) => find(scene, ({ kind, to }) => kind === 'hello' && to === scene.victim),
  'replayed to another': (scene) => find(scene, ({ from, to }) => to !== scene.victim && from !== scene.victim),
  'thrown back': (scene) => find(scene, ({ from }) => from === scene.victim),
  'too large': (scene) => {
    const size = drawInteger(scene.random, limits.datagramBytesMax + 1, 65_507);
    const whole = anyOf(scene);
    return Buffer.concat([whole, new Uint8Array(size - whole.length)]);
  },
};

/** Another server than the victim. */
function peerOf({ random, victim }: Scene): NodeId {
  return drawOne(
    random,
    servers.filter((id) => id !== victim),
  );
}
