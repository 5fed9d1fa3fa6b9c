/** A pane that is fetched when it is first shown, because it is large or seldom wanted. */
import { LoaderCircle, TriangleAlert } from '@lucide/vue';
import { defineAsyncComponent, h, type AsyncComponentLoader, type Component } from 'vue';
import EmptyState from '../components/base/empty-state.vue';
import { text } from '../text/panes.ts';

/** On a quick line nobody sees it. */
const showLoadingAfterMs = 200;

const loading = (): unknown => h(EmptyState, { icon: LoaderCircle, title: text.loading });
const failed = (): unknown =>
  h(EmptyState, { icon: TriangleAlert, tone: 'bad', title: text.failedTitle, text: text.failedText });

export function bigPane(loader: AsyncComponentLoader): Component {
  return defineAsyncComponent({
    loader,
    delay: showLoadingAfterMs,
    loadingComponent: { render: loading },
    errorComponent: { render: failed },
  });
}
