// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { useSelectionStore } from '../../../renderer/stores/selection.ts';

beforeEach(() => setActivePinia(createPinia()));

describe('the selection', () => {
  it('is one thing at a time', () => {
    const selection = useSelectionStore();
    selection.selectNode(0);
    expect(selection).toMatchObject({ node: 0, entryIndex: null });
    selection.select({ kind: 'entry', index: 7 });
    expect(selection).toMatchObject({ node: null, entryIndex: 7 });
    selection.selectNode(null);
    expect(selection.selection).toBeNull();
  });
});
