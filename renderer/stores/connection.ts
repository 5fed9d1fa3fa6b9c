/** The line to the lab: how it stands, and the one way in which a command leaves the page. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { SendCommand, SendQuery } from '../../shared/bridge.ts';
import type { CommandOf, CommandType } from '../../shared/command.ts';
import { fail } from '../../shared/result.ts';
import type { ConnectionState, LabClient } from '../lab-client/lab-client.ts';
import { text } from '../text/connection.ts';
import { actsOnWhatIsShown } from './command-kinds.ts';
import { useNoticesStore } from './notices.ts';

export const useConnectionStore = defineStore('connection', () => {
  const state = shallowRef<ConnectionState>({ kind: 'connecting' });
  const client = shallowRef<LabClient | null>(null);

  /** Why nothing can be done to the nodes now: another moment than the present is shown. Empty when everything can. */
  const actsOff = ref('');

  const isLive = computed(() => state.value.kind === 'live');
  const version = computed(() => (state.value.kind === 'live' ? state.value.version : ''));

  /** Called once, where the app is put together. */
  function attach(labClient: LabClient): void {
    client.value = labClient;
    labClient.onState((next) => {
      state.value = next;
    });
  }

  /** Sends a command and waits for its answer; shows nothing. A lost line is the failure `not-running`, `actsOff` the failure `refused`. */
  const send: SendCommand = (command) => {
    if (actsOff.value && actsOnWhatIsShown(command.type)) return Promise.resolve(fail('refused', actsOff.value));
    if (!client.value) return Promise.resolve(fail('not-running', text.notConnected));
    return client.value.send(command);
  };

  /** Asks the store of the stream. A lost line is the failure `not-running`. */
  const query: SendQuery = (asked) => {
    if (!client.value) return Promise.resolve(fail('not-running', text.notConnected));
    return client.value.query(asked);
  };

  /** Sends a command whose success the stage shows by itself; a failure comes up as a notice. True when it was carried out. */
  async function run<Type extends CommandType>(command: CommandOf<Type>): Promise<boolean> {
    const result = await send(command);
    if (!result.ok)
      useNoticesStore().say({ tone: 'bad', title: text.refused(command.type), text: result.failure.message });
    return result.ok;
  }

  function retryNow(): void {
    client.value?.retryNow();
  }

  /** The lab's time now, ns. */
  function nowNs(): number {
    return client.value?.nowNs() ?? 0;
  }

  return { state, isLive, version, actsOff, attach, send, query, run, retryNow, nowNs };
});
