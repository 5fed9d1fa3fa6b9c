/** A page whose playhead can go anywhere in a story: stores, a lab's store of the past, a clock that the test moves. */
import { createPinia, setActivePinia } from 'pinia';
import type { SendCommand, SendQuery } from '../../shared/bridge.ts';
import type { Command } from '../../shared/command.ts';
import type { LabEvent } from '../../shared/event.ts';
import { emptyClusterView, projectClusterView } from '../../shared/projection/cluster-view.ts';
import type { Query } from '../../shared/query.ts';
import { succeed } from '../../shared/result.ts';
import { useClusterStore } from '../../renderer/stores/cluster.ts';
import { useConnectionStore } from '../../renderer/stores/connection.ts';
import { usePlayheadStore } from '../../renderer/stores/playhead.ts';
import { StoryStore } from './story-store.ts';
import { HandTime, settled } from './page-door.ts';

export class PastPage {
  readonly time = new HandTime();
  readonly kept: StoryStore;
  readonly commands: Command[] = [];
  readonly queries: Query[] = [];
  readonly cluster: ReturnType<typeof useClusterStore>;
  readonly playhead: ReturnType<typeof usePlayheadStore>;
  /** The lab's time at the page's beginning. */
  readonly #startNs: number;

  /** All of `events` have come; it is `laterMs` after the last of them. */
  constructor(events: readonly LabEvent[], laterMs = 0, kept = new StoryStore(events)) {
    setActivePinia(createPinia());
    this.kept = kept;
    this.#startNs = (events.at(-1)?.timeNs ?? 0) + laterMs * 1e6;
    this.cluster = useClusterStore();
    this.playhead = usePlayheadStore();
    this.playhead.useTime(this.time);
    useConnectionStore().attach({
      // The answer's type follows from the command's and the query's; here the test vouches for it.
      send: (async (command: Command) => {
        this.commands.push(command);
        return succeed(null);
      }) as SendCommand,
      query: ((query: Query) => {
        this.queries.push(query);
        return this.kept.answer(query);
      }) as SendQuery,
      onState: (handler) => handler({ kind: 'live', version: 'test' }),
      subscribe: () => () => {},
      handOn: () => {},
      nowNs: () => this.nowNs,
      retryNow: () => {},
      close: () => {},
    });
    this.begin('session-a', events);
  }

  /** The lab's time. */
  get nowNs(): number {
    return this.#startNs + this.time.nowMs() * 1e6;
  }

  /** A snapshot comes. */
  begin(session: string, events: readonly LabEvent[]): void {
    const snapshot = {
      session,
      position: events.length,
      view: events.reduce(projectClusterView, emptyClusterView),
      recentEvents: [],
      earlierEvents: [],
      forgottenEvents: 0,
      nowNs: this.nowNs,
    };
    this.cluster.reset(snapshot, 0);
    this.playhead.reset(snapshot);
  }

  /** More events come, live; the store has them, too. */
  come(events: readonly LabEvent[]): void {
    const position = this.kept.events.length;
    this.kept.events.push(...events);
    this.cluster.take(events, this.nowNs);
    this.playhead.take(events, this.nowNs, position);
  }

  /** Time passes, in animation frames of 20 ms, and what is asked is answered. */
  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 20) {
      this.time.pass(Math.min(20, ms - passed));
      this.time.paint();
      await settled();
    }
  }
}
