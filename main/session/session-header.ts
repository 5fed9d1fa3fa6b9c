/** What a session file says of itself. */
export interface SessionHeader {
  /** Names the unbroken stream that it holds. */
  readonly session: string;
  /** Of the application that recorded it, core included. */
  readonly version: string;
  /** What it is a recording of. */
  readonly world: 'real' | 'simulated';
  /** The wall clock, milliseconds since 1970, when the stream's clock stood at `startedAtNs`. */
  readonly startedAtMs: number;
  readonly startedAtNs: number;
}

/** True when `value`, read from a file, can be used as a header. */
export function isSessionHeader(value: unknown): value is SessionHeader {
  if (typeof value !== 'object' || value === null) return false;
  const { session, version, world, startedAtMs, startedAtNs } = value as Partial<SessionHeader>;
  return (
    typeof session === 'string' &&
    typeof version === 'string' &&
    (world === 'real' || world === 'simulated') &&
    typeof startedAtMs === 'number' &&
    typeof startedAtNs === 'number'
  );
}

/** `2026-11-24T031702Z-1b9d6bcd.raftlab`: sorts by time, and names no character that a file system refuses. */
export function sessionFileName({ startedAtMs, session }: Pick<SessionHeader, 'startedAtMs' | 'session'>): string {
  const time = new Date(startedAtMs).toISOString().slice(0, 19).replaceAll(':', '');
  return `${time}Z-${session.replaceAll(/[^0-9a-zA-Z]/g, '').slice(0, 8)}.raftlab`;
}
