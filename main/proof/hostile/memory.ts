/** What this process holds, without what only waits to be collected where that can be asked for (`--expose-gc`), MB. */
export function memoryMb(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return Math.round((heapUsed + arrayBuffers) / 1_048_576);
}
