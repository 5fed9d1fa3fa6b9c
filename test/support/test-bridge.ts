/** A bridge on a real lab without a cluster, for pages in memory. Its stream has what `report` puts into it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bridge } from '../../main/bridge/bridge.ts';
import { realWorld } from '../../main/bridge/real-world.ts';
import { openSimWorld } from '../../main/bridge/sim-world.ts';
import { WorldSwitch } from '../../main/bridge/world-switch.ts';
import { deferred } from '../../main/lab/deferred.ts';
import { EventStream } from '../../main/lab/event-stream.ts';
import { Lab } from '../../main/lab/lab.ts';
import type { PortBlock } from '../../main/net/udp-port-block.ts';
import { paperTimings } from '../../shared/cluster-config.ts';
import type { Result } from '../../shared/result.ts';
import { framePipe } from './frame-pipe.ts';
import { TestPage } from './test-page.ts';

export class TestBridge {
  /** The lab's look for free ports: a cluster waits for it. */
  readonly portLook = deferred<Result<PortBlock>>();
  readonly stream = new EventStream();
  readonly lab: Lab;
  readonly world: WorldSwitch;
  readonly bridge: Bridge;
  readonly #folder = mkdtempSync(join(tmpdir(), 'raft-lab-bridge-'));

  constructor() {
    const settings = { folder: this.#folder, basePort: 1, timings: paperTimings };
    this.lab = new Lab({ ...settings, findPortBlock: () => this.portLook.promise }, this.stream);
    this.world = new WorldSwitch({
      openReal: () => realWorld(this.lab, this.stream),
      openSimulated: (seed) => openSimWorld({ seed }),
      drawSeed: () => 1,
    });
    this.bridge = new Bridge(this.world, '1.2.3');
  }

  openPage(): TestPage {
    const [near, far] = framePipe();
    this.bridge.connect(near);
    return new TestPage(far);
  }

  /** A page that has been welcomed. */
  async greetedPage(): Promise<TestPage> {
    const page = this.openPage();
    await page.greet();
    return page;
  }

  /** Reports `count` events of the lab. */
  report(count: number): void {
    for (let number = 0; number < count; number += 1) this.stream.emit({ type: 'node-launched', target: number % 3 });
  }

  async close(): Promise<void> {
    this.bridge.close();
    await this.world.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The numbers from `first` to `last`. */
export function upTo(last: number, first = 1): number[] {
  return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
}
