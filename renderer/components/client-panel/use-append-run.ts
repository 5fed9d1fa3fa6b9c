/** Sends appends, one request after the other, and shows how the latest ended. */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { AppendRequest } from '../../../shared/client-request.ts';
import type { NodeId } from '../../../shared/ids.ts';
import type { Expectation } from '../../../shared/log-entry.ts';
import { useRequestsStore } from '../../stores/requests.ts';
import { text } from '../../text/client-panel.ts';
import { failed, waiting, type RequestResult } from './request-result.ts';

export interface AppendRun {
  readonly result: ShallowRef<RequestResult | undefined>;
  readonly isBusy: Readonly<Ref<boolean>>;
  /** How far several appends have come; empty while there is one. */
  readonly progress: Readonly<Ref<string>>;
  send(to: NodeId, request: AppendRequest): Promise<void>;
  /** All of them, `times` over, until one fails. A condition is that of the first one. */
  sendAll(
    to: NodeId,
    appends: readonly (readonly Uint8Array[])[],
    times: number,
    expectation: Expectation | undefined,
  ): Promise<void>;
  /** After the one that is under way. */
  stop(): void;
}

export function useAppendRun(): AppendRun {
  const requests = useRequestsStore();
  const result = shallowRef<RequestResult>();
  const progress = ref('');
  const isBusy = ref(false);
  const isStopped = ref(false);
  let busyCount = 0;

  async function send(to: NodeId, request: AppendRequest): Promise<void> {
    busyCount += 1;
    isBusy.value = true;
    // An answer to an earlier request beside one that waits would be taken for its own.
    result.value = waiting(to);
    const answer = await requests.append(to, request);
    busyCount -= 1;
    isBusy.value = busyCount > 0;
    if (!answer.ok) {
      result.value = failed(answer.failure);
      return;
    }
    const { firstIndex, lastIndex, term } = answer.value;
    result.value = { outcome: 'ok', message: text.appended(firstIndex, lastIndex), term };
  }

  async function sendAll(
    to: NodeId,
    appends: readonly (readonly Uint8Array[])[],
    times: number,
    expectation: Expectation | undefined,
  ): Promise<void> {
    const all = appends.length * times;
    isStopped.value = false;
    for (let done = 0; done < all && !isStopped.value; done += 1) {
      progress.value = all > 1 ? text.sentParts(done, all) : '';
      const entries = appends[done % appends.length] ?? [];
      const condition = done === 0 && expectation ? { expect: expectation } : {};
      await send(to, { kind: 'append', entries: [...entries], ...condition });
      if (result.value?.outcome !== 'ok') break;
    }
    progress.value = '';
  }

  return { result, isBusy, progress, send, sendAll, stop: () => (isStopped.value = true) };
}
