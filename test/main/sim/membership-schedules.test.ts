import { expect, it } from 'vitest';
import { Schedule } from '../../../main/sim/schedule.ts';
import { changeAndCutOff, changeTwice } from '../../../main/sim/membership-schedules.ts';

it('asks one leader to add the learner and the next to remove that leader, who is cut off from the others', () => {
  const schedule = new Schedule(1, 'a test', 4);
  changeTwice(schedule, 1_000);
  const acts = schedule.acts.map(({ act }) => act);
  const cut = acts.find((act) => act.kind === 'partition');
  const [alone = [], others = []] = cut?.kind === 'partition' ? cut.groups : [];
  const [first] = alone;
  expect(alone).toEqual([first, 4]);
  expect([...alone, ...others].toSorted((one, other) => one - other)).toEqual([0, 1, 2, 3, 4]);
  expect(acts).toContainEqual({ kind: 'change-membership', mode: 'single-server', change: 'add', servers: [4] });
  expect(acts).toContainEqual({ kind: 'change-membership', mode: 'single-server', change: 'remove', servers: [first] });
});

it('asks for each change a moment after its leader was cut off', () => {
  const schedule = new Schedule(1, 'a test', 3);
  changeAndCutOff(schedule);
  const cuts = schedule.acts.flatMap(({ atMs, act }) => (act.kind === 'isolate' ? [atMs] : []));
  const changes = schedule.acts.flatMap(({ atMs, act }) => (act.kind === 'change-membership' ? [atMs] : []));
  expect(cuts.length).toBeGreaterThan(40);
  expect(changes).toEqual(cuts.map((atMs) => atMs + 1));
});
