/** A question to the lab's store that is asked again when what it is about becomes another; the latest answer stays until the next one is there. */
import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import type { Failure, Result } from '../../shared/result.ts';

export type Answer<Value> =
  /** Nothing was asked, or the first answer is on its way. */
  | { readonly kind: 'none' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'held'; readonly value: Value }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** An entry under load changes by the millisecond; so often is often enough. */
const askEveryMs = 200;

/**
 * @param subject what it is about: with another one the former answer is wrong; null asks nothing
 * @param ask puts the question
 * @param news with another value the answer may have changed
 */
export function useAnswer<Value>(
  subject: () => string | null,
  ask: () => Promise<Result<Value>>,
  news: () => unknown = () => null,
): Readonly<ShallowRef<Answer<Value>>> {
  const answer = shallowRef<Answer<Value>>({ kind: 'none' });
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function put(): Promise<void> {
    turn += 1;
    const mine = turn;
    const result = await ask();
    if (mine !== turn) return;
    answer.value = result.ok ? { kind: 'held', value: result.value } : { kind: 'failed', failure: result.failure };
  }

  function putLater(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      void put();
    }, askEveryMs);
  }

  function stop(): void {
    clearTimeout(timer);
    timer = undefined;
    turn += 1;
  }

  watch(
    [subject, news] as const,
    ([about], [former]) => {
      if (about === former && answer.value.kind !== 'none') {
        if (about !== null) putLater();
        return;
      }
      stop();
      answer.value = about === null ? { kind: 'none' } : { kind: 'asking' };
      if (about !== null) void put();
    },
    { immediate: true },
  );
  onScopeDispose(stop);
  return answer;
}
