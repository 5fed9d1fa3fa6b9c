/** What the keys of a list do (log-keys.ts says which). */
import { assertNever } from '../../../shared/assert.ts';
import type { Wanted } from '../../log-worker/log-messages.ts';
import type { LogLines } from '../../stores/log-lines.ts';
import { logKeyAction, type LogKeyAction } from './log-keys.ts';
import type { LogViewport } from './log-viewport.ts';

export interface KeyedList {
  readonly lines: () => Pick<LogLines, 'first' | 'end'>;
  /** Of the row of the keyboard, if there is one. */
  readonly ordinal: () => number | undefined;
  use(act: (viewport: LogViewport) => void): void;
  moveTo(ordinal: number, extend?: boolean): void;
  follow(): void;
  seek(wanted: Wanted, step: 1 | -1): void;
  choose(): void;
  leave(): void;
  copy(): void;
  bookmark(): void;
}

/** @returns the handler of a key */
export function useLogListKeys(list: KeyedList): (event: KeyboardEvent) => void {
  /** Without a row of the keyboard the first step puts it on the last row in sight. */
  function moveBy({ by, step, extend }: Extract<LogKeyAction, { kind: 'move' }>): void {
    list.use((viewport) => {
      const at = list.ordinal();
      const distance = by === 'page' ? viewport.pageStep : at === undefined ? 0 : 1;
      list.moveTo((at ?? viewport.lastVisible) + step * distance, extend);
    });
  }

  function act(action: LogKeyAction): void {
    const { first, end } = list.lines();
    switch (action.kind) {
      case 'move':
        return moveBy(action);
      case 'edge':
        list.moveTo(action.edge === 'first' ? first : end - 1, action.extend);
        if (action.edge === 'last') list.follow();
        return;
      case 'find':
        return list.seek(action.wanted, action.step);
      case 'choose':
        return list.choose();
      case 'leave':
        return list.leave();
      case 'copy':
        return list.copy();
      case 'bookmark':
        return list.bookmark();
      case 'choose-all':
        list.moveTo(first);
        return list.moveTo(end - 1, true);
      default:
        return assertNever(action, 'log list key');
    }
  }

  return (event) => {
    const action = logKeyAction(event);
    // What the pointer has marked is copied as the browser does.
    if (!action || (action.kind === 'copy' && getSelection()?.isCollapsed === false)) return;
    event.preventDefault();
    act(action);
  };
}
