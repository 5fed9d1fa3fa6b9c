/**
 * Copies lines as plain text, and says so.
 */
import { useClipboard } from '@vueuse/core';
import { plainLines } from '../../../shared/projection/log-line.ts';
import type { LogItem } from '../../stores/log-buffer.ts';
import { useNoticesStore } from '../../stores/notices.ts';
import { text } from '../../text/logs.ts';
import { eventsOf } from './lines-to-copy.ts';

export function useCopyLines(): (items: readonly LogItem[]) => Promise<void> {
  const notices = useNoticesStore();
  const clipboard = useClipboard({ legacy: true });

  return async (items) => {
    const events = eventsOf(items);
    try {
      await clipboard.copy(plainLines(events));
      notices.say({ tone: 'good', title: text.copied(events.length), text: '' });
    } catch {
      notices.say({ tone: 'bad', title: text.copyFailed, text: '' });
    }
  };
}
