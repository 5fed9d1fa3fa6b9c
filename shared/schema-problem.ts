/**
 * What a schema found wrong, in words for a person.
 */
import type { ZodError } from 'zod';

/**
 * Each problem with its place, `entries.0: …`, joined by semicolons.
 * @param whole stands in the place of the value itself: `frame: …`
 */
export function describeSchemaProblem({ issues }: ZodError, whole: string): string {
  return issues.map(({ path, message }) => `${path.join('.') || whole}: ${message}`).join('; ');
}
