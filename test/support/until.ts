/** Waits for a condition in real time. */

const pollMs = 5;

/**
 * Settles with the first value that is neither undefined nor false.
 * @param what is named when it does not come in time
 * @param boundMs generous: it only ends a test that would hang
 */
export async function until<Value>(
  condition: () => Value | undefined | false,
  what = 'What the test waits for',
  boundMs = 15_000,
): Promise<Value> {
  const givenUpAt = performance.now() + boundMs;
  for (;;) {
    const value = condition();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > givenUpAt) throw new Error(`${what} did not come within ${boundMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
