/** Short messages that come up over the page and go away: a refused command, a moved port. */
import { defineStore } from 'pinia';
import { ref } from 'vue';

export type NoticeTone = 'info' | 'good' | 'warn' | 'bad';

export interface Notice {
  readonly id: number;
  readonly tone: NoticeTone;
  readonly title: string;
  readonly text: string;
}

/** Shown at once; the oldest makes room. */
const noticesMax = 4;

export const useNoticesStore = defineStore('notices', () => {
  const notices = ref<readonly Notice[]>([]);
  let nextId = 1;

  function say(notice: Omit<Notice, 'id'>): void {
    const same = notices.value.find((shown) => shown.title === notice.title && shown.text === notice.text);
    const others = notices.value.filter((shown) => shown !== same);
    notices.value = [...others, { ...notice, id: nextId++ }].slice(-noticesMax);
  }
  function dismiss(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id);
  }

  return { notices, say, dismiss };
});
