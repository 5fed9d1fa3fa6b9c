/** Limits of what the lab and its pages hold: faults, scenarios, workloads, events, frames. Part of `limits` in cluster-config.ts. */
export const labLimits = {
  /** Fault rules in force at once on one node. */
  faultRulesMax: 1_000,
  /** The longest delay that a fault rule may ask for. */
  faultDelayMsMax: 60_000,
  /** A datagram that would wait longer than this for its turn on a link of limited bandwidth is dropped: the link's queue is full. */
  faultQueueMsMax: 2_000,
  faultRuleIdCharsMax: 100,
  /** Datagrams that fault rules hold back at one node, and their bytes; what would come on top is dropped. */
  heldDatagramsMax: 10_000,
  heldDatagramsBytesMax: 64 * 1024 * 1024,
  workloadClientsMax: 1_000,
  workloadRequestsPerSecondMax: 100_000,
  workloadPayloadBytesMax: 64 * 1024,
  /** A scenario as text. */
  scenarioCharsMax: 200_000,
  /** Steps of a scenario, those that save what a person did included. */
  scenarioStepsMax: 5_100,
  /** Places of a scenario's text that stand for others (YAML aliases), counted as often as they are repeated. */
  scenarioAliasesMax: 100,
  /** Runs that one scenario describes. */
  scenarioVariantsMax: 10,
  /** A scenario that takes longer than this ends, in ms of the clock that it runs on. */
  scenarioMsMax: 600_000,
  /** Commands that can be saved as a scenario, and the bytes of entries in them; earlier ones are left out, and it says so. */
  rememberedCommandsMax: 5_000,
  rememberedCommandBytesMax: 1024 * 1024,
  /** Events that the lab keeps for pages that connect later. */
  recentEventsMax: 20_000,
  /** Events of level `info` and rarer that it keeps beyond those: datagrams and timers do not push them out. */
  earlierEventsMax: 5_000,
  /** Events in one answer to a query. */
  eventsPerQueryMax: 20_000,
  /** A session file, bytes; at it recording ends, and it says so. */
  recordingBytesMax: 2 * 1024 * 1024 * 1024,
  /** Recorded sessions in all; above it the oldest are offered for deletion, and nothing is deleted unasked. */
  sessionsBytesMax: 10 * 1024 * 1024 * 1024,
  /** Of a file that a page brings in. */
  importPieceBytesMax: 1024 * 1024,
  /** Exports under way at a time. */
  exportsMax: 2,
  /** What is kept of a stream that is not, or no longer, recorded: the latest, so many bytes of it, compressed. */
  unrecordedBytesMax: 64 * 1024 * 1024,
  /** Events between two states that the store keeps, more where the states are large. */
  chunkEventsMin: 4_096,
  /** Events of the past that the store keeps decoded, because they were asked for. */
  decodedEventsMax: 65_536,
  /** Marks of the timeline that the store holds; past it the commonest kinds are counted only. */
  landmarksHeldMax: 200_000,
  /** Bytes of events that wait for the store's thread; past it events are left out, and it says so. */
  storeQueueBytesMax: 64 * 1024 * 1024,
  /** Events in one frame to a page. */
  eventsPerFrameMax: 2_000,
  /** Frames that a page may owe an acknowledgement for before its stream is thinned. */
  unacknowledgedFramesMax: 16,
  /** One frame from a page, in bytes. */
  frameBytesMax: 4 * 1024 * 1024,
  /** Frames from one page that made no sense; then its channel is closed. */
  badFramesMax: 100,
  /** Commands of one page that are still being carried out; past it: `overloaded`. */
  commandsInFlightMax: 1_000,
  /** Pages connected at once. */
  pagesMax: 32,
  /** Bytes that may wait in a page's WebSocket; past it the page is cut off. It connects again and begins at a snapshot. */
  pageBufferedBytesMax: 32 * 1024 * 1024,
  /** Log of a node without a page that nobody has read yet, bytes; past it lines are left out and counted. */
  nodeLogBufferedBytesMax: 4 * 1024 * 1024,
  /** Log lines that the page keeps; the oldest go by the thousand. */
  pageLogLinesMax: 1_000_000,
  /** Requests of persons that the page's history keeps, and those of a workload's clients. */
  requestHistoryMax: 500,
  workloadHistoryMax: 200,
  /** How long the lab waits for a straggling node before it merges without it, ms. */
  mergeHoldMs: 100,
} as const;
