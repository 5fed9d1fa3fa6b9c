/**
 * Copies lines as plain text, and says so.
 */
import { useClipboard } from '@vueuse/core';
import type { CopiedLines } from '../../stores/log-asker.ts';
import { useNoticesStore } from '../../stores/notices.ts';
import { text } from '../../text/logs.ts';

export function useCopyLines(): (lines: Promise<CopiedLines>) => Promise<void> {
  const notices = useNoticesStore();
  const clipboard = useClipboard({ legacy: true });

  return async (lines) => {
    try {
      const { text: plain, count, leftOut } = await lines;
      await clipboard.copy(plain);
      notices.say({ tone: 'good', title: text.copied(count), text: leftOut > 0 ? text.copyLeftOut(leftOut) : '' });
    } catch {
      notices.say({ tone: 'bad', title: text.copyFailed, text: '' });
    }
  };
}
