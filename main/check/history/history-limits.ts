/** How much of a history is remembered. */
export interface HistoryLimits {
  /** Pages of the log, `rowsPerPage` indexes each. */
  readonly pagesMax: number;
  /** Appends without an answer, and of unknown outcome. */
  readonly openMax: number;
  /** Entries that no answer explains yet. */
  readonly sightsMax: number;
  /** Entries of appends that certainly had no effect. */
  readonly failedMax: number;
  /** Entries that only a condition has spoken of. */
  readonly claimsMax: number;
  /** Requests of sessions. */
  readonly sessionRequestsMax: number;
  /** Indexes that one read or condition may say nothing stands at. */
  readonly stretchMax: number;
}

/** For a history that is judged as a whole. */
export const noLimits: HistoryLimits = {
  pagesMax: Infinity,
  openMax: Infinity,
  sightsMax: Infinity,
  failedMax: Infinity,
  claimsMax: Infinity,
  sessionRequestsMax: Infinity,
  stretchMax: Infinity,
};

/** For one that goes on overnight: about a hundred megabytes at the most. */
export const liveLimits: HistoryLimits = {
  pagesMax: 256,
  openMax: 100_000,
  sightsMax: 20_000,
  failedMax: 20_000,
  claimsMax: 20_000,
  sessionRequestsMax: 50_000,
  stretchMax: 262_144,
};
