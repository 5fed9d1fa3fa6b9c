import { beforeEach, describe, expect, it } from 'vitest';
import { machineTime, PaceDriver, type WallTime } from '../../../../main/sim/lab/pace-driver.ts';
import { until } from '../../../support/until.ts';
import { DrivenLab } from '../../../support/sim-lab.ts';

const millisecond = 1_000_000;

/** A wall clock that moves when it is told to, and may move by itself each time that it is read. */
class HandTime implements WallTime {
  #nowMs = 0;
  perLookMs = 0;
  #due: { readonly atMs: number; readonly run: () => void } | undefined;

  nowMs(): number {
    this.#nowMs += this.perLookMs;
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void): () => void {
    this.#due = { atMs: this.#nowMs + delayMs, run };
    return () => {
      this.#due = undefined;
    };
  }

  get isWaiting(): boolean {
    return this.#due !== undefined;
  }

  /** Runs what is due meanwhile, each at its time. */
  pass(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (let due = this.#due; due && due.atMs <= untilMs; due = this.#due) {
      this.#due = undefined;
      this.#nowMs = Math.max(this.#nowMs, due.atMs);
      due.run();
    }
    this.#nowMs = untilMs;
  }

  /** The thread was away, and comes back. */
  jump(ms: number): void {
    this.#nowMs += ms;
  }
}

let driven: DrivenLab;
let wall: HandTime;
let pace: PaceDriver;
let startNs: number;

beforeEach(() => {
  driven = new DrivenLab();
  wall = new HandTime();
  pace = new PaceDriver(driven.lab, wall);
  driven.do({ type: 'start-cluster', nodes: 3 });
  startNs = driven.lab.nowNs();
});

const passedMs = (): number => (driven.lab.nowNs() - startNs) / millisecond;

describe('the pace of a simulated lab', () => {
  it('is one second a second from its start on, and nothing before', () => {
    wall.pass(1_000);
    expect(passedMs()).toBe(0);
    pace.start();
    wall.pass(1_000);
    expect(passedMs()).toBe(1_000);
    expect(driven.eventsOf('role-changed').some(({ to }) => to === 'leader')).toBe(true);
    expect(driven.eventsOf('pace-changed')).toEqual([]);
  });

  it.each([0.25, 3])('may be %d, and is told', (speed) => {
    pace.start();
    pace.setSpeed(speed);
    wall.pass(800);
    expect(passedMs()).toBeCloseTo(800 * speed, 3);
    expect(driven.eventsOf('pace-changed')).toMatchObject([{ speed }]);
    pace.setSpeed(speed);
    expect(driven.eventsOf('pace-changed')).toHaveLength(1);
  });

  it('is held at 0, and goes on from there', () => {
    pace.start();
    wall.pass(400);
    pace.setSpeed(0);
    wall.pass(10_000);
    expect([passedMs(), wall.isWaiting]).toEqual([400, false]);
    pace.setSpeed(1);
    wall.pass(80);
    expect(passedMs()).toBe(480);
  });

  it('lets one thing happen that is told, and holds the time for it', () => {
    pace.start();
    wall.pass(400);
    const before = driven.events.length;
    const led = pace.step();
    expect(led).toBeGreaterThan(0);
    expect(driven.eventsOf('pace-changed')).toMatchObject([{ speed: 0 }]);
    expect(driven.events).toHaveLength(before + 1 + led);
    wall.pass(1_000);
    expect(driven.events).toHaveLength(before + 1 + led);
  });

  it('says that nothing is left to happen', () => {
    driven.do({ type: 'stop-cluster' });
    while (pace.step() > 0);
    expect(pace.step()).toBe(0);
  });

  it('falls behind where the machine is too slow, and does not catch up', () => {
    pace.start();
    wall.perLookMs = 5;
    pace.setSpeed(100);
    wall.pass(100);
    const behindMs = passedMs();
    expect(behindMs).toBeLessThan(5_000);
    expect(behindMs).toBeGreaterThan(0);
  });

  it('does not make up for the time that its thread was away', () => {
    pace.start();
    wall.pass(80);
    wall.jump(60_000);
    wall.pass(0);
    expect(passedMs()).toBe(180);
  });

  it('may be held by whoever hears of an event', () => {
    driven.lab.subscribe((events) => {
      if (events.some(({ type }) => type === 'election-started')) pace.setSpeed(0);
    });
    pace.start();
    wall.pass(5_000);
    expect(driven.eventsOf('election-started')).toHaveLength(1);
    expect(driven.eventsOf('role-changed').filter(({ to }) => to === 'leader')).toEqual([]);
    expect(wall.isWaiting).toBe(false);
  });

  it('ends when it is closed', () => {
    pace.start();
    pace.close();
    expect(wall.isWaiting).toBe(false);
  });
});

it('passes with the clock of the machine', async () => {
  const own = new PaceDriver(driven.lab, machineTime);
  own.start();
  await until(() => passedMs() > 50, 'some time');
  own.close();
  expect(passedMs()).toBeGreaterThan(50);
});
