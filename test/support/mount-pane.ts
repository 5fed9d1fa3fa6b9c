/** Mounts a pane as the app does: with the active Pinia, inside the provider of tooltips, attached to the document. */
import { mount, type VueWrapper } from '@vue/test-utils';
import { getActivePinia } from 'pinia';
import { TooltipProvider } from 'reka-ui';
import { defineComponent, h, type Component } from 'vue';

export function mountPane(pane: Component): VueWrapper {
  const frame = defineComponent({ render: () => h(TooltipProvider, null, { default: () => h(pane) }) });
  const pinia = getActivePinia();
  return mount(frame, { attachTo: document.body, global: { plugins: pinia ? [pinia] : [] } });
}

/** The selector of a data-testid. */
export function testId(id: string): string {
  return `[data-testid="${id}"]`;
}

/** happy-dom lays nothing out: gives every element a height, until the returned function is called. */
export function withHeight(pixels: number): () => void {
  const before = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'clientHeight');
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => pixels });
  return () => {
    if (before) Object.defineProperty(HTMLElement.prototype, 'clientHeight', before);
    else Reflect.deleteProperty(HTMLElement.prototype, 'clientHeight');
  };
}
