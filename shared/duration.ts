/**
 * Units of time. The stream and the core count in nanoseconds, people and timings in milliseconds.
 */

export const nanosecondsPerMillisecond = 1_000_000;
export const nanosecondsPerSecond = 1_000_000_000;
