/** The colours of the theme that is shown, read anew when it is another one. */
import { nextTick, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { useSettingsStore } from '../../stores/settings.ts';
import { readPalette, type MatrixPalette } from './matrix-palette.ts';

/** Undefined until `element` is there. */
export function usePalette(
  element: Readonly<Ref<HTMLElement | null>>,
): Readonly<ShallowRef<MatrixPalette | undefined>> {
  const settings = useSettingsStore();
  const palette = shallowRef<MatrixPalette>();
  watch(
    () => settings.shownTheme,
    async () => {
      await nextTick();
      if (element.value) palette.value = readPalette(element.value);
    },
    { immediate: true, flush: 'post' },
  );
  return palette;
}
