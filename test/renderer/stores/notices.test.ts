// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { useNoticesStore } from '../../../renderer/stores/notices.ts';

beforeEach(() => setActivePinia(createPinia()));

describe('notices', () => {
  it('are said once, however often the same thing happens', () => {
    const notices = useNoticesStore();
    for (let i = 0; i < 3; i++) notices.say({ tone: 'bad', title: 'The node did not stop', text: 'It is down.' });
    expect(notices.notices).toHaveLength(1);
  });

  it('make room for newer ones, and go when dismissed', () => {
    const notices = useNoticesStore();
    for (let i = 0; i < 6; i++) notices.say({ tone: 'info', title: 'notice', text: `${i}` });
    expect(notices.notices.map((notice) => notice.text)).toEqual(['2', '3', '4', '5']);
    notices.dismiss(notices.notices[0]?.id ?? -1);
    expect(notices.notices.map((notice) => notice.text)).toEqual(['3', '4', '5']);
  });
});
