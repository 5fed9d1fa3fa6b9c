/**
 * What is still to happen, earliest first; of the same time, what was entered first. A binary heap over plain arrays.
 */

/** Something that happens at its time. */
export interface Task {
  /** Nanoseconds of the simulated world. Set when it is entered; not to be changed while it waits. */
  atNs: number;
  /** Order among tasks of the same time. Set by the heap. */
  order: number;
  run(): void;
}

export class EventHeap {
  readonly #tasks: Task[] = [];
  #entered = 0;

  get size(): number {
    return this.#tasks.length;
  }

  /** The time of the earliest task; Infinity when there is none. */
  get nextNs(): number {
    return this.#tasks[0]?.atNs ?? Infinity;
  }

  /** Enters a task that is not in the heap. O(log n). */
  push(task: Task, atNs: number): void {
    this.#entered += 1;
    task.atNs = atNs;
    task.order = this.#entered;
    const tasks = this.#tasks;
    let hole = tasks.length;
    tasks.push(task);
    while (hole > 0) {
      const above = (hole - 1) >>> 1;
      const parent = tasks[above];
      if (parent === undefined || parent.atNs <= atNs) break;
      tasks[hole] = parent;
      hole = above;
    }
    tasks[hole] = task;
  }

  /** Takes out the earliest task. O(log n). */
  pop(): Task | undefined {
    const tasks = this.#tasks;
    const [first] = tasks;
    const last = tasks.pop();
    if (first === undefined || last === undefined || tasks.length === 0) return first;
    const half = tasks.length >>> 1;
    let hole = 0;
    while (hole < half) {
      let below = 2 * hole + 1;
      let child = tasks[below];
      const right = tasks[below + 1];
      if (child === undefined) break;
      if (right !== undefined && isBefore(right, child)) {
        below += 1;
        child = right;
      }
      if (isBefore(last, child)) break;
      tasks[hole] = child;
      hole = below;
    }
    tasks[hole] = last;
    return first;
  }
}

function isBefore(left: Task, right: Task): boolean {
  return left.atNs < right.atNs || (left.atNs === right.atNs && left.order < right.order);
}
