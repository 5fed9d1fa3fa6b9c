/** Whole nodes under seeded faults: loss, repetition, delay, slow disks, crashes and restarts, all at once. */
import { expect, it } from 'vitest';
import { isOutcomeKnown } from '../../../shared/result.ts';
import { drawInteger } from '../../../shared/random.ts';
import { VirtualCluster, type Asked } from '../../support/node-virtual-cluster.ts';
import { millisecond } from '../../support/node-virtual-world.ts';

interface Written extends Asked {
  readonly texts: readonly string[];
}

/** Lets clients and faults act for some virtual seconds, then heals everything. */
function live(seed: number): { cluster: VirtualCluster; written: Written[] } {
  const chance = { random: seed };
  const draw = (max: number): number => drawInteger(chance, 0, max - 1);
  const cluster = new VirtualCluster(3);
  const delay = (): number => (draw(20) === 0 ? draw(400) : 1 + draw(3)) * millisecond;
  cluster.route = () => (draw(10) === 0 ? [] : Array.from({ length: draw(8) === 0 ? 3 : 1 }, delay));
  for (const { disk } of cluster.nodes) {
    disk.flushVia = (complete) => (draw(3) === 0 ? complete() : void cluster.world.after(draw(20), complete));
  }
  const written: Written[] = [];
  for (let count = 0; count < 150; count++) {
    cluster.world.runFor(draw(40));
    const node = cluster.node(draw(3));
    if (!node.isUp) {
      if (draw(4) === 0) cluster.start(node.id);
    } else if (draw(25) === 0) {
      cluster.crash(node.id);
    } else {
      const texts = Array.from({ length: 1 + draw(3) }, (_, at) => `append ${count} entry ${at}`);
      const entries = texts.map((text) => new TextEncoder().encode(text));
      const asked = cluster.ask(
        node.id,
        `append ${count}`,
        { kind: 'append', entries },
        20 + draw(draw(2) === 0 ? 100 : 2_000),
      );
      written.push(Object.assign(asked, { texts }));
    }
  }
  cluster.route = () => [millisecond];
  for (const { id, isUp, disk } of cluster.nodes) {
    disk.flushVia = (complete) => complete();
    if (!isUp) cluster.start(id);
  }
  cluster.world.runFor(3_000);
  return { cluster, written };
}

/** What has taken effect: a torn append stands in the log, and counts for nothing. */
function textsAt(cluster: VirtualCluster, id: number): readonly string[] {
  const read = cluster.ask(id, 'everything', { kind: 'index-range', startIndex: 0, endIndex: 999, read: 'local' });
  const result = cluster.answerOf(read);
  if (!result.ok || result.value.kind !== 'index-range') throw new Error(JSON.stringify(result));
  return result.value.entries.map(({ payload }) => new TextDecoder().decode(payload));
}

function outcomeOf(result: Asked['results'][number] | undefined): 'appended' | 'refused' | 'unknown' {
  if (result?.ok) return 'appended';
  return result && isOutcomeKnown(result.failure) ? 'refused' : 'unknown';
}

it('answers each append at most once, and truly: appended once, not at all, or not known', { timeout: 60_000 }, () => {
  const outcomes = { appended: 0, refused: 0, unknown: 0 };
  for (let seed = 1; seed <= 25; seed++) {
    const { cluster, written } = live(seed);
    const leader = cluster.elect();
    expect(cluster.nodes.map(({ failure }) => failure)).toEqual([undefined, undefined, undefined]);
    const effective = textsAt(cluster, leader.id);
    for (const { texts, results } of written) {
      const counts = texts.map((text) => effective.filter((other) => other === text).length);
      const [result] = results;
      const what = `seed ${seed}, ${texts[0]}: ${JSON.stringify(result)}`;
      expect(results.length, what).toBeLessThanOrEqual(1);
      const outcome = outcomeOf(result);
      outcomes[outcome] += 1;
      const allowed = { appended: [1], refused: [0], unknown: [0, 1] }[outcome];
      expect(
        counts.filter((copies) => !allowed.includes(copies)),
        what,
      ).toEqual([]);
    }
    const logs = cluster.nodes.map(({ disk }) => disk.durable.entries.map(({ index, term }) => `${index} ${term}`));
    expect(logs).toEqual([logs[0], logs[0], logs[0]]);
  }
  // The faults were no mere decoration, and did not stop everything either.
  expect(Math.min(...Object.values(outcomes)), JSON.stringify(outcomes)).toBeGreaterThan(5);
});
