/** A real lab in a temporary folder, on ports away from the app's own; its nodes are the built worker threads. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { EventStream } from '../../main/lab/event-stream.ts';
import { Lab, type LabSetup } from '../../main/lab/lab.ts';
import { spawnNodeFrom } from '../../main/lab/spawn-node.ts';
import { paperTimings } from '../../shared/cluster-config.ts';
import type { EventOf, EventType, LabEvent } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import { currentLeader } from '../../shared/projection/cluster-view.ts';
import type { Result } from '../../shared/result.ts';
import { builtFile } from './built-file.ts';
import { testBasePort } from './ports.ts';

export class RealLab {
  readonly folder: string;
  readonly stream: EventStream;
  readonly lab: Lab;
  /** Everything that came out of the stream. */
  readonly events: LabEvent[] = [];
  readonly #ownsFolder: boolean;

  constructor(setup: Partial<LabSetup> = {}, stream = new EventStream()) {
    this.stream = stream;
    this.#ownsFolder = setup.folder === undefined;
    this.folder = setup.folder ?? mkdtempSync(join(tmpdir(), 'raft-lab-'));
    const basePort = testBasePort();
    const spawn = spawnNodeFrom(builtFile('node-worker.mjs'));
    this.lab = new Lab({ basePort, timings: paperTimings, spawn, ...setup, folder: this.folder }, this.stream);
    this.lab.subscribe((events) => this.events.push(...events));
  }

  eventsOf<Type extends EventType>(type: Type): EventOf<Type>[] {
    return this.events.filter((event): event is EventOf<Type> => event.type === type);
  }

  /** Waits until a running node leads, other than `except`. */
  async leader(except?: NodeId): Promise<NodeId> {
    return await vi
      .waitUntil(
        () => {
          const leader = currentLeader(this.lab.snapshot().view)?.id;
          return leader === undefined || leader === except ? undefined : { leader };
        },
        { timeout: 20_000, interval: 10 },
      )
      .then(({ leader }) => leader);
  }

  async close(): Promise<void> {
    await this.lab.close();
    if (this.#ownsFolder) rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The value of a result that must be good. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
  return result.value;
}

/** Code and message of a result that must be a failure. */
export function failureOf(result: Result<unknown>): { readonly code: string; readonly message: string } {
  if (result.ok) throw new Error(`succeeded with ${JSON.stringify(result.value)}`);
  return result.failure;
}

/** Labs that are closed by `closeAll`, which belongs into `afterEach`. */
export class RealLabs {
  readonly #labs: RealLab[] = [];

  make(setup: Partial<LabSetup> = {}, stream = new EventStream()): RealLab {
    const real = new RealLab(setup, stream);
    this.#labs.push(real);
    return real;
  }

  /** A lab with a running cluster. */
  async start(nodes: number, setup: Partial<LabSetup> = {}, stream = new EventStream()): Promise<RealLab> {
    const real = this.make(setup, stream);
    valueOf(await real.lab.execute({ type: 'start-cluster', nodes }));
    return real;
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.#labs.splice(0).map((lab) => lab.close()));
  }
}

/** The entries of a range as text. */
export function textsOf(range: { readonly entries: readonly { readonly payload: Uint8Array }[] }): string[] {
  return range.entries.map(({ payload }) => new TextDecoder().decode(payload));
}
