/** Mounts a component of the page on a line to a lab that the test plays. Needs happy-dom. */
import { mount, type VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { TooltipProvider } from 'reka-ui';
import { h, type Component } from 'vue';
import { createLabClient } from '../../renderer/lab-client/lab-client.ts';
import { useClusterStore } from '../../renderer/stores/cluster.ts';
import { useFaultActsStore } from '../../renderer/stores/fault-acts.ts';
import { useConnectionStore } from '../../renderer/stores/connection.ts';
import type { Command } from '../../shared/command.ts';
import { succeed } from '../../shared/result.ts';
import type { EventStory } from './event-story.ts';
import { HandTime, settled, TestDoor } from './page-door.ts';

export interface MountedOnLab {
  readonly page: VueWrapper;
  /** What the page has asked for so far. */
  commands(): Command[];
  /** Says yes to whatever is asked, until nothing more is. */
  agree(): Promise<void>;
  /** The page takes in what the story has told since. */
  goOn(): Promise<void>;
}

export async function mountOnLab(
  component: Component,
  story: EventStory,
  props: Record<string, unknown> = {},
): Promise<MountedOnLab> {
  const pinia = createPinia();
  setActivePinia(pinia);
  const door = new TestDoor();
  const time = new HandTime();
  const client = createLabClient(door.open, time);
  client.subscribe(useClusterStore());
  client.subscribe(useFaultActsStore());
  useConnectionStore().attach(client);
  await settled();
  door.last.welcome();

  let told = 0;
  let agreed = 0;
  async function goOn(): Promise<void> {
    door.last.events(told, story.events.slice(told));
    told = story.events.length;
    time.paint();
    await settled();
  }
  await goOn();
  const page = mount(() => h(TooltipProvider, null, () => h(component, props)), {
    attachTo: document.body,
    global: { plugins: [pinia] },
  });
  await settled();

  return {
    page,
    goOn,
    commands: () => door.last.of('command').map((frame) => frame.command),
    async agree() {
      for (let frame = door.last.of('command')[agreed]; frame; frame = door.last.of('command')[agreed]) {
        agreed += 1;
        door.last.say({ type: 'answer', id: frame.id, result: succeed(null) });
        await settled();
      }
    },
  };
}

/** An element by its test id, anywhere in the document: menus and popovers stand outside of the component. */
export function byTestId(testId: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(`[data-testid="${testId}"]`);
  if (!element) throw new Error(`There is no ${testId}.`);
  return element;
}
