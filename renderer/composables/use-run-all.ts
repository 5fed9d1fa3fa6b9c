/** Sends many commands at once, which the lab carries out in their order; of several failures the first is said, as a notice. */
import type { Command } from '../../shared/command.ts';
import { useConnectionStore } from '../stores/connection.ts';
import { useNoticesStore } from '../stores/notices.ts';
import { text } from '../text/connection.ts';

export function useRunAll(): (commands: readonly Command[]) => Promise<void> {
  const connection = useConnectionStore();

  return async (commands) => {
    const results = await Promise.all(commands.map((command) => connection.send(command)));
    const at = results.findIndex((result) => !result.ok);
    const [failed, command] = [results[at], commands[at]];
    if (!failed || failed.ok || !command) return;
    useNoticesStore().say({ tone: 'bad', title: text.refused(command.type), text: failed.failure.message });
  };
}
