/** A datagram in words: what it is, and what became of it. Pure. */
import { nanosecondsPerMillisecond } from '../../../shared/duration.ts';
import type { Flight } from '../../../shared/projection/flights.ts';
import { text } from '../../text/stage.ts';

/** Its fate and every act of a rule upon it, most telling first. */
export function fateWords({ fate, droppedBy, acts }: Flight): string {
  const ends = fate === 'dropped' && droppedBy ? text.droppedBy(droppedBy) : text.fate[fate];
  const done = acts.map(({ act, faultRule, delayNs }) =>
    text.actBy(text.act[act](Math.round(delayNs / nanosecondsPerMillisecond)), faultRule),
  );
  return [ends, ...done].join('; ');
}
