/**
 * What breaks a house rule knowingly, each with its reason or its measure. These lists only shrink: an entry that is no longer
 * needed fails test/tidy.test.ts until it is removed.
 */
import type { Ratchet } from './tidy-lengths.ts';
import type { Exemptions } from './tidy-tree.ts';

/** Files with something to run, but without a test at the mirrored path. (Files of types only need no entry.) */
export const withoutTest: Exemptions = {
  'main/ports.ts': 'interfaces, and an error class without behaviour',
  'main/hosts/electron/main.ts': 'entry point that only wires; runs, built, in test/e2e',
  'main/hosts/electron/preload.ts': 'entry point that only wires; runs, built, in test/e2e',
  'main/hosts/cli/cli.ts': 'entry point that only wires; runs, built, in test/e2e',
  'main/hosts/electron/app-protocol.ts': 'Electron only; runs, built, in test/e2e/electron',
  'main/hosts/electron/desktop-lab.ts': 'Electron only; runs, built, in test/e2e/electron',
  'main/hosts/electron/desktop-options.ts': 'Electron only; runs, built, in test/e2e/electron',
  'main/hosts/electron/lab-connection.ts': 'Electron only; runs, built, in test/e2e/electron',
  'main/hosts/electron/menu.ts': 'Electron only; runs, built, in test/e2e/electron',
  'main/hosts/electron/quit.ts': 'Electron only; runs, built, in test/e2e/electron',
  'main/hosts/electron/security.ts': 'Electron only; runs, built, in test/e2e/electron',
  'main/hosts/electron/window.ts': 'Electron only; runs, built, in test/e2e/electron',
  'main/hosts/cli/run.ts': 'processes and signals; runs, built, in test/e2e/cli',
  'main/hosts/cli/serve.ts': 'processes and signals; runs, built, in test/e2e/cli',
  'main/hosts/cli/stop-signal.ts': 'processes and signals; runs, built, in test/e2e/cli',
  'main/hosts/cli/node.ts': 'processes and signals; runs, built, in test/main/hosts/cli/headless',
  'main/hosts/cli/append.ts': 'runs, built, on real nodes in test/main/hosts/cli/headless',
  'main/hosts/cli/range.ts': 'runs, built, on real nodes in test/main/hosts/cli/headless',
  'main/hosts/cli/with-client.ts': 'runs, built, on real nodes in test/main/hosts/cli/headless',
  'main/hosts/cli/sim.ts': 'threads and files; runs, built, in test/e2e/cli',
  'main/sim/sim-worker.ts': 'worker entry that only wires; runs, built, in test/e2e/cli',
  'main/sim/sweep.ts': 'threads; runs, built, in test/e2e/cli',
  'main/sim/explore/explore.ts': 'program of `npm run explore`, that only prints what search.ts finds',
  'main/sim/prove-rules.ts': 'program of `npm run rules`; what it calls is tested beside it',
  'main/sim/benchmark/simulator-benchmark.ts': 'program of `npm run bench:sim`',
  'main/sim/benchmark/core-benchmark.ts': 'program of `npm run bench:core`',
  'main/sim/benchmark/check-benchmark.ts': 'program of `npm run bench:check`',
  'main/proof/crash.ts': 'program of `npm run crash`, that only prints what crash-loop.ts finds',
  'main/proof/hostile/stir.ts': 'runs in test/main/proof/hostile/quiet-cluster.test.ts',
  'main/proof/hostile/forge.ts': 'runs in test/main/proof/hostile/attacks.test.ts',
  'main/proof/hostile/liar-attacks.ts': 'runs in test/main/proof/hostile/attacks.test.ts and hostile-run.test.ts',
  'main/proof/hostile/memory.ts': 'two lines that ask Node; runs in test/main/proof/hostile/hostile-run.test.ts',
  'main/proof/hostile/wiretap.ts': 'runs in test/main/proof/hostile/socket-run.test.ts',
  'main/proof/hostile/hostile.ts': 'program of `npm run hostile`, that only prints what the runs beside it find',
  'main/proof/load-benchmark.ts': 'program of `npm run bench:load`',
  'main/proof/soak/soak.ts': 'program of `npm run soak`, that only prints what soak-labs.ts reports',
  'main/proof/soak/soak-run.ts': 'runs as a whole in test/main/proof/soak/soak-labs.test.ts',
  'main/proof/soak/read-logs.ts': 'runs in test/main/proof/soak/soak-labs.test.ts',
  'main/proof/soak/executed.ts': 'one promise; runs in test/main/proof/soak/soak-labs.test.ts',
  'main/nemesis/episode.ts': 'types and weights; drawn in test/main/nemesis/draw-episode.test.ts',
  'main/nemesis/draws.ts': 'runs in test/main/nemesis/draw-episode.test.ts',
  'main/nemesis/link-episodes.ts': 'runs in test/main/nemesis/draw-episode.test.ts',
  'main/nemesis/member-episodes.ts': 'runs in test/main/nemesis/draw-episode.test.ts',
  'main/nemesis/node-episodes.ts': 'runs in test/main/nemesis/draw-episode.test.ts',
  'main/proof/start-benchmark.ts': 'program of `npm run bench:start`',
  'main/proof/durability.ts': 'program of `npm run durability`, that only prints what durability-run.ts finds',
  'main/node/node-worker.ts': 'worker entry that only wires; runs, built, in the tests of main/node and main/lab',
  'main/node/thread-limits.ts': 'one constant; servers run under it in test/main/node/start.test.ts',
  'main/bench/bench-node.ts': 'worker entry that only wires; runs, built, in test/main/hosts/cli/bench.test.ts',
  'main/bench/bench-thread.ts': 'threads; runs, built, in test/main/hosts/cli/bench.test.ts',
  'main/bench/bench-cluster.ts': 'threads; runs, built, in test/main/hosts/cli/bench.test.ts',
  'main/bench/benchmark.ts': 'runs, built, on real clusters in test/main/hosts/cli/bench.test.ts',
  'main/bench/fault-benchmark.ts': 'program of `npm run bench:faults`, that only prints what fault-cost.ts measures',
  'main/bridge/real-world.ts': 'only passes on; runs in test/main/bridge/world-switch.test.ts',
  'main/bench/growth.ts':
    'minutes of measuring, for `raft-lab bench --growth`; what it measures with is tested beside it',
};

/** Files of the app that no entry point reaches yet. */
export const notReached: Exemptions = {
  'shared/projection/explain/why-not-committed.ts': 'for the log matrix',
  'shared/projection/explain/why-role.ts': 'for the details',
  'shared/projection/log-cell.ts': 'for the log matrix',
  'shared/projection/explain/committed.ts': 'part of why-not-committed.ts',
  'shared/projection/explain/copies.ts': 'part of why-not-committed.ts',
  'shared/projection/explain/no-leader.ts': 'part of why-not-committed.ts',
  'shared/projection/explain/orphan-entry.ts': 'part of why-not-committed.ts',
  'shared/projection/explain/why-behind.ts': 'part of why-not-committed.ts',
  'renderer/stores/playhead.ts': 'for the timeline',
  'main/faults/faulty-files.ts': 'for the folders of real nodes, and of simulated ones with bytes',
};

/** Files above the limit of lines, with the most that they may have. */
export const longFiles: Ratchet = {};

/** Functions above the limit of lines (`path#name`), with the most that they may have. */
export const longFunctions: Ratchet = {};
