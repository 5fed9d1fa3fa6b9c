/**
 * Faults that wait for the moment in which they hurt most.
 */
import type { LabEvent } from '../../shared/event.ts';
import type { FaultAct } from './plan.ts';

type Trap = Extract<FaultAct, { kind: 'trap' }>;

const none: readonly Trap[] = [];

export class Traps {
  #set: readonly Trap[] = none;

  /** @returns takes it away again, if it is still there */
  set(trap: Trap): () => void {
    this.#set = [...this.#set, trap];
    return () => {
      this.#set = this.#set.filter((other) => other !== trap);
    };
  }

  /** Those that the event springs: each once. */
  sprungBy(event: LabEvent): readonly Trap[] {
    if (this.#set.length === 0) return none;
    const isElected = event.type === 'role-changed' && event.to === 'leader';
    // Followers commit what the leader says, by no rule of their own.
    const isCommit = event.type === 'commit-advanced' && event.rule !== undefined;
    if (!isElected && !isCommit) return none;
    const sprung = this.#set.filter(({ on }) => (on === 'elected' ? isElected : isCommit));
    this.#set = this.#set.filter((trap) => !sprung.includes(trap));
    return sprung;
  }
}
