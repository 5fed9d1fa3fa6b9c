/** How the playhead stands to the present. */
export type PlayheadMode =
  | { readonly kind: 'live' }
  /** The picture follows the live stream at less than its speed, and lags. Commands act on the present, which is not far. */
  | { readonly kind: 'slowed'; readonly speed: number }
  /** It stands. */
  | { readonly kind: 'held' }
  /** It runs through the past, backwards where `speed` is negative, and becomes live where it meets the present. */
  | { readonly kind: 'playing'; readonly speed: number };

/** Seconds shown a second. Below 1 the live picture can be slowed. */
export const playheadSpeeds = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 60] as const;
