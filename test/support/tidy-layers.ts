/** The import table: which layer may import which. The tsconfig.json of each layer says the same to the compiler. */

/** A part of the tree with the layers, packages and Node modules that it may import; a layer may always import itself. */
export interface Layer {
  readonly name: string;
  /** Files and folders (with a slash at the end) that belong to it; the longest match over all layers decides. */
  readonly paths: readonly string[];
  readonly imports: readonly string[];
  readonly packages: readonly string[] | 'any';
  readonly nodeModules: boolean;
}

const ports = ['shared', 'ports'];
const belowLab = [...ports, 'raft', 'net', 'disk', 'faults', 'node'];
const tools = ['check', 'workload', 'scenario', 'nemesis'];
const belowHosts = [...belowLab, ...tools, 'client', 'bench', 'lab', 'sim', 'session', 'bridge'];

/** Bottom up. `lan` will sit beside `lab`. */
export const layers: readonly Layer[] = [
  { name: 'shared', paths: ['shared/'], imports: [], packages: ['zod'], nodeModules: false },
  {
    name: 'ports',
    paths: ['main/ports.ts', 'main/fault-port.ts', 'main/lab-port.ts', 'main/lab-words.ts', 'main/lamport-clock.ts'],
    imports: ['shared'],
    packages: [],
    nodeModules: false,
  },
  { name: 'raft', paths: ['main/raft/'], imports: ['shared'], packages: [], nodeModules: false },
  { name: 'net', paths: ['main/net/'], imports: ports, packages: 'any', nodeModules: true },
  { name: 'disk', paths: ['main/disk/'], imports: ports, packages: 'any', nodeModules: true },
  { name: 'faults', paths: ['main/faults/'], imports: ports, packages: 'any', nodeModules: true },
  { name: 'check', paths: ['main/check/'], imports: ports, packages: [], nodeModules: false },
  { name: 'workload', paths: ['main/workload/'], imports: ports, packages: [], nodeModules: false },
  { name: 'nemesis', paths: ['main/nemesis/'], imports: ports, packages: [], nodeModules: false },
  { name: 'scenario', paths: ['main/scenario/'], imports: ports, packages: ['yaml', 'zod'], nodeModules: false },
  { name: 'session', paths: ['main/session/'], imports: [...ports, 'disk'], packages: 'any', nodeModules: true },
  {
    name: 'export',
    paths: ['main/session/export/'],
    imports: [...ports, 'net', 'check'],
    packages: 'any',
    nodeModules: true,
  },
  { name: 'node', paths: ['main/node/'], imports: [...ports, 'raft'], packages: 'any', nodeModules: true },
  {
    name: 'node worker',
    paths: ['main/node/node-worker.ts', 'main/node/run-node.ts', 'main/node/why-not-started.ts'],
    imports: belowLab,
    packages: 'any',
    nodeModules: true,
  },
  { name: 'client', paths: ['main/client/'], imports: [...ports, 'net'], packages: 'any', nodeModules: true },
  { name: 'lab', paths: ['main/lab/'], imports: [...belowLab, ...tools], packages: 'any', nodeModules: true },
  { name: 'sim', paths: ['main/sim/'], imports: [...belowLab, ...tools], packages: 'any', nodeModules: true },
  {
    name: 'proof',
    paths: ['main/proof/'],
    imports: [...belowLab, ...tools, 'lab', 'sim', 'session'],
    packages: 'any',
    nodeModules: true,
  },
  {
    name: 'bench',
    paths: ['main/bench/'],
    imports: [...belowLab, 'node worker', 'client'],
    packages: 'any',
    nodeModules: true,
  },
  {
    name: 'bridge',
    paths: ['main/bridge/'],
    imports: [...belowLab, 'lab', 'sim', 'session'],
    packages: 'any',
    nodeModules: true,
  },
  { name: 'hosts', paths: ['main/hosts/'], imports: belowHosts, packages: 'any', nodeModules: true },
  {
    name: 'hosts/electron',
    paths: ['main/hosts/electron/'],
    imports: [...belowHosts, 'hosts'],
    packages: 'any',
    nodeModules: true,
  },
  {
    name: 'preload',
    paths: ['main/hosts/electron/preload.ts'],
    imports: ['shared'],
    packages: ['electron'],
    nodeModules: false,
  },
  {
    name: 'hosts/web',
    paths: ['main/hosts/web/'],
    imports: [...belowHosts, 'hosts'],
    packages: 'any',
    nodeModules: true,
  },
  {
    name: 'hosts/cli',
    paths: ['main/hosts/cli/'],
    imports: [...belowHosts, 'node worker', 'hosts', 'hosts/web'],
    packages: 'any',
    nodeModules: true,
  },
  { name: 'renderer', paths: ['renderer/'], imports: ['shared', 'resources'], packages: 'any', nodeModules: false },
  { name: 'resources', paths: ['resources/'], imports: [], packages: [], nodeModules: false },
];

/** The layer of a path from the root; undefined outside all of them (test/, scripts/, a folder that has no row yet). */
export function layerOf(path: string): Layer | undefined {
  let best: Layer | undefined;
  let bestLength = 0;
  for (const layer of layers) {
    for (const prefix of layer.paths) {
      const matches = prefix.endsWith('/') ? path.startsWith(prefix) : path === prefix;
      if (matches && prefix.length > bestLength) {
        best = layer;
        bestLength = prefix.length;
      }
    }
  }
  return best;
}
