/** What was mended on opening, for the stream. */
import type { RecoveredState } from '../ports.ts';

export type Repair = RecoveredState['repairs'][number];
