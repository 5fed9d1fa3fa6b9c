/** What can be done with the logs, for the palette, the shortcut sheet and the keyboard. */
import { nextTick, onScopeDispose } from 'vue';
import type { Wanted } from '../../log-worker/log-messages.ts';
import { useActionsStore, type PageAction } from '../../stores/actions.ts';
import { useLogsStore } from '../../stores/logs.ts';
import { useWorkspaceStore } from '../../stores/workspace.ts';
import { text } from '../../text/logs.ts';

export interface LogActs {
  readonly list: () => { seek(wanted: Wanted, step: 1 | -1): void; focus(): void } | undefined;
  readonly copy: () => void;
  readonly bookmark: () => void;
  /** A line is chosen. */
  readonly hasLine: () => boolean;
  readonly follow: () => void;
}

export function useLogActions(acts: LogActs): void {
  const logs = useLogsStore();
  const workspace = useWorkspaceStore();

  /** Brings the pane to the front first: an act that nobody sees is none. */
  function shown(act: () => void): () => void {
    return () => {
      workspace.show('logs');
      void nextTick(act);
    };
  }
  const seek = (wanted: Wanted, step: 1 | -1): (() => void) => shown(() => acts.list()?.seek(wanted, step));
  const focus = (testId: string): (() => void) =>
    shown(() => document.querySelector<HTMLElement>(`[data-testid="${testId}"]`)?.focus());

  const words = text.actions;
  const action = (id: string, label: string, run: () => void, more: Partial<PageAction> = {}): PageAction => ({
    id: `logs.${id}`,
    label,
    group: words.group,
    run,
    ...more,
  });
  const hasErrors = { isEnabled: () => logs.errorCount > 0 };
  const hasText = { isEnabled: () => logs.expression !== null };
  const hasMarks = { isEnabled: () => logs.bookmarks.size > 0 };

  onScopeDispose(
    useActionsStore().register([
      action('filter', words.focusFilter, focus('log-filter'), { keys: ['Mod+Shift+F'] }),
      action('levels', words.focusLevels, focus('log-directives')),
      action(
        'list',
        words.focusList,
        shown(() => acts.list()?.focus()),
      ),
      action('pause', words.pause, () => logs.pause(!logs.isPaused)),
      action('follow', words.follow, shown(acts.follow)),
      action(
        'layout',
        words.layout,
        shown(() => (logs.layout = logs.layout === 'merged' ? 'columns' : 'merged')),
      ),
      action(
        'text-mode',
        words.textMode,
        shown(() => (logs.textMode = logs.textMode === 'hide' ? 'mark' : 'hide')),
      ),
      action('next-error', words.nextError, seek('error', 1), hasErrors),
      action('previous-error', words.previousError, seek('error', -1), hasErrors),
      action('next-match', words.nextMatch, seek('match', 1), hasText),
      action('previous-match', words.previousMatch, seek('match', -1), hasText),
      action('bookmark', words.bookmark, acts.bookmark, { isEnabled: acts.hasLine }),
      action('next-bookmark', words.nextBookmark, seek('bookmark', 1), hasMarks),
      action('previous-bookmark', words.previousBookmark, seek('bookmark', -1), hasMarks),
      action('copy', words.copy, acts.copy),
      action('clear', words.clear, () => logs.clear()),
    ]),
  );
}
