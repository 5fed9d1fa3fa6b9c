/** All watches of the stream, one per promise. */
import { watchAcknowledgedKept } from './watch/acknowledged-kept.ts';
import { watchCommittedEntries } from './watch/committed-entries.ts';
import { watchDurability } from './watch/durability.ts';
import { watchDurableQuorum } from './watch/durable-quorum.ts';
import { watchElectionSafety } from './watch/election-safety.ts';
import { watchLeaderAppendOnly } from './watch/leader-append-only.ts';
import { watchLeaderCompleteness } from './watch/leader-completeness.ts';
import { watchLogMatching } from './watch/log-matching.ts';
import { watchMonotonic } from './watch/monotonic.ts';
import { watchOneConfiguration } from './watch/one-configuration.ts';
import { watchOwnWord } from './watch/own-word.ts';
import { watchSingleVote } from './watch/single-vote.ts';
import { watchStateMachineSafety } from './watch/state-machine-safety.ts';
import type { Watch } from './watch.ts';

export const watches: readonly Watch[] = [
  watchElectionSafety,
  watchLeaderAppendOnly,
  watchLogMatching,
  watchLeaderCompleteness,
  watchStateMachineSafety,
  watchCommittedEntries,
  watchDurableQuorum,
  watchSingleVote,
  watchMonotonic,
  watchDurability,
  watchOneConfiguration,
  watchAcknowledgedKept,
  watchOwnWord,
];
