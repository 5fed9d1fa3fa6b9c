import type { ResourceLimits } from 'node:worker_threads';

/**
 * What the thread of a server asks of the engine. Under load most objects live for one turn of the loop; with room for
 * some turns they are gone before they are looked at twice, which about halves the cost of garbage collection. The room is
 * taken only when it is needed.
 */
export const nodeThreadLimits: ResourceLimits = { maxYoungGenerationSizeMb: 96 };
