/**
 * Indexes and terms as a person types them.
 */
import { limits } from '../../../shared/cluster-config.ts';
import { text } from '../../text/client-panel.ts';

export type WholeNumber =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly problem: string };

/** Digits only, from 0 to the largest index. `name` is the field's label. */
export function parseWholeNumber(name: string, typed: string, max: number = limits.indexMax): WholeNumber {
  const digits = typed.trim();
  const value = Number(digits);
  if (!/^\d+$/.test(digits) || value > max) return { ok: false, problem: text.notWhole(name, max) };
  return { ok: true, value };
}
