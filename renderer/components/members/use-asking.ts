/** A command whose outcome is shown beside the form that asked. */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { AnswerOf } from '../../../shared/bridge.ts';
import type { CommandOf, CommandType } from '../../../shared/command.ts';
import { useConnectionStore } from '../../stores/connection.ts';
import { text } from '../../text/members.ts';
import { failed, type RequestResult } from '../client-panel/request-result.ts';

export interface Asking {
  readonly result: ShallowRef<RequestResult | undefined>;
  readonly isBusy: Ref<boolean>;
  /** `describe` says in words what was done. Asks nothing while an answer is awaited. */
  ask<Type extends CommandType>(command: CommandOf<Type>, describe: (answer: AnswerOf<Type>) => string): Promise<void>;
}

export function useAsking(): Asking {
  const connection = useConnectionStore();
  const result = shallowRef<RequestResult>();
  const isBusy = ref(false);

  async function ask<Type extends CommandType>(
    command: CommandOf<Type>,
    describe: (answer: AnswerOf<Type>) => string,
  ): Promise<void> {
    if (isBusy.value) return;
    isBusy.value = true;
    result.value = { outcome: 'waiting', message: text.waiting };
    const answer = await connection.send<Type>(command);
    isBusy.value = false;
    result.value = answer.ok ? { outcome: 'ok', message: describe(answer.value) } : failed(answer.failure);
  }

  return { result, isBusy, ask };
}
