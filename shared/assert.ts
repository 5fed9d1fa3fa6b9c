/**
 * Assertions stay on in production: a promise of our own code that does not hold stops the node that found it,
 * before it can acknowledge anything false.
 */

export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/** @throws AssertionError when `condition` is false. `why` is a sentence that says which promise was broken. */
export function assert(condition: boolean, why: string): asserts condition {
  if (!condition) throw new AssertionError(why);
}

/** Ends every switch over a union: a new member that was forgotten is a compile error, and at run time an AssertionError. */
export function assertNever(value: never, where: string): never {
  throw new AssertionError(`${where}: unexpected ${JSON.stringify(value)}`);
}

/** The value, or an AssertionError with the reason why it had to be there. */
export function required<T>(value: T | undefined | null, why: string): T {
  if (value === undefined || value === null) throw new AssertionError(why);
  return value;
}
