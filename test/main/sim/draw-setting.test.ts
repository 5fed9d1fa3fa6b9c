import { expect, it } from 'vitest';
import { checkTimings } from '../../../shared/cluster-config.ts';
import { Draws } from '../../../main/sim/draws.ts';
import { drawSetting } from '../../../main/sim/draw-setting.ts';

it('draws a cluster that can work: round trips and flushes well below the heartbeat', () => {
  for (let seed = 0; seed < 300; seed++) {
    const setting = drawSetting(seed, new Draws(seed, 'setting'), []);
    const heartbeatNs = setting.timings.heartbeatIntervalMs * 1_000_000;
    expect(checkTimings(setting.timings)).toBeUndefined();
    expect(setting.latency.maxNs * 2).toBeLessThan(heartbeatNs);
    expect(setting.flush.maxNs * 2).toBeLessThan(heartbeatNs);
    expect(setting.latency.minNs).toBeLessThanOrEqual(setting.latency.maxNs);
    expect(setting.level).toBe(seed % 10 === 0 ? 'bytes' : 'upper');
  }
});
