/** One step that is carried out: waits until it is due, does what it says, and waits for what it expects. */
import type { LabPort } from '../lab-port.ts';
import { describeCommandProblem } from '../../shared/command.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { LabEvent } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import { commandsOf, nobody } from './commands-of.ts';
import { describeCommand } from './describe-command.ts';
import { durationText } from './durations.ts';
import type { CommandTemplate, Step, StepCommand } from './scenario.ts';
import { standing } from './standing.ts';
import { Waiting } from './waiting.ts';
import type { World } from './world.ts';

/** What a step needs of the run that it belongs to. */
export interface StepSurroundings {
  readonly port: LabPort;
  readonly world: World;
  /** It is due: this is what is done, in words. Called once, before anything is done. */
  onDue(step: Step, text: string): void;
  /** A command was given (`result` is undefined), or answered. */
  onAnswer(step: Step, text: string, result: Result<unknown> | undefined): void;
  /** What was expected came true, or did not in time. */
  onExpected(step: Step, failure: string | undefined): void;
  /** Something happened: the step is to be looked at again. */
  wake(): void;
}

/** `wait`: until something happens, or until a time at the latest. */
export type StepState =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'wait'; readonly untilNs?: number };

const done: StepState = { kind: 'done' };

export class StepRun {
  readonly step: Step;
  readonly #around: StepSurroundings;
  readonly #when: Waiting | undefined;
  readonly #expected: Waiting | undefined;
  #phase: 'timing' | 'due' | 'working' | 'expecting' = 'timing';
  /** Since when it has been in its phase. */
  #sinceNs = 0;
  #dueNs: number | undefined;
  /** Commands that must be answered before the next step. */
  #open = 0;
  #failure: string | undefined;

  /** Its conditions count from now on: the step before begins. */
  constructor(step: Step, around: StepSurroundings) {
    const { time, action, forMs } = step;
    this.step = step;
    this.#around = around;
    if (time.kind === 'when') this.#when = new Waiting(time.condition, action.kind === 'expect' ? 0 : forMs);
    if (action.kind === 'expect') this.#expected = new Waiting(action.condition, forMs);
  }

  take(event: LabEvent): void {
    this.#when?.take(event, this.#around.world);
    this.#expected?.take(event, this.#around.world);
  }

  look(nowNs: number): void {
    this.#when?.look(this.#around.world, nowNs);
    this.#expected?.look(this.#around.world, nowNs);
  }

  /** The step before is done. @param startNs when the steps began */
  begin(startNs: number, nowNs: number): void {
    const { time } = this.step;
    this.#enter('timing', nowNs);
    if (time.kind === 'when') this.#when?.ask(this.#around.world, nowNs);
    else this.#dueNs = (time.kind === 'at' ? startNs : nowNs) + time.ms * nanosecondsPerMillisecond;
  }

  /** Goes as far as it can. Called again when anything happened, and at `untilNs`. */
  advance(nowNs: number): StepState {
    if (this.#phase === 'timing') {
      const state = this.#timing(nowNs);
      if (state !== done) return state;
      this.#enter('due', nowNs);
    }
    if (this.#phase === 'due') {
      const missing = this.#act(nowNs);
      if (missing !== undefined) return this.#waitOrFail(nowNs, () => missing);
    }
    if (this.#failure !== undefined) return { kind: 'failed', reason: this.#failure };
    if (this.#phase === 'working') return this.#open > 0 ? { kind: 'wait' } : done;
    return this.#expecting(nowNs);
  }

  #timing(nowNs: number): StepState {
    if (this.#dueNs !== undefined) return nowNs >= this.#dueNs ? done : { kind: 'wait', untilNs: this.#dueNs };
    const waiting = this.#when;
    if (!waiting) return done;
    waiting.look(this.#around.world, nowNs);
    return waiting.isMet ? done : this.#waitFor(waiting, nowNs);
  }

  #expecting(nowNs: number): StepState {
    const waiting = this.#expected;
    if (!waiting) return done;
    waiting.look(this.#around.world, nowNs);
    const state = waiting.isMet ? done : this.#waitFor(waiting, nowNs);
    if (state.kind !== 'wait') this.#around.onExpected(this.step, state.kind === 'failed' ? state.reason : undefined);
    return state;
  }

  #waitFor(waiting: Waiting, nowNs: number): StepState {
    const { world } = this.#around;
    const { condition } = waiting;
    const lasting = this.step.forMs > 0 ? ` for ${durationText(this.step.forMs)}` : '';
    const state = this.#waitOrFail(nowNs, () => `“${condition.text}”${lasting}: ${standing(world, condition)}`);
    const { metAtNs } = waiting;
    if (state.kind !== 'wait' || metAtNs === undefined) return state;
    return { kind: 'wait', untilNs: Math.min(metAtNs, state.untilNs ?? metAtNs) };
  }

  #waitOrFail(nowNs: number, waitedFor: () => string): StepState {
    const { withinMs } = this.step;
    const untilNs = this.#sinceNs + withinMs * nanosecondsPerMillisecond;
    if (nowNs < untilNs) return { kind: 'wait', untilNs };
    return { kind: 'failed', reason: `waited ${durationText(withinMs)} for ${waitedFor()}` };
  }

  /** @returns whom it waits for: a word that means nobody at the moment */
  #act(nowNs: number): string | undefined {
    const { step } = this;
    const { action } = step;
    const { world } = this.#around;
    switch (action.kind) {
      case 'command':
        return this.#command(action.template, nowNs);
      case 'name': {
        const found = Object.entries(action.names).map(
          ([name, words]) => [name, words.map((word) => world.find(word))] as const,
        );
        const missing = Object.values(action.names)
          .flat()
          .find((word) => world.find(word) === undefined);
        if (missing) return nobody(missing, world);
        const meanings = found.map(([name, ids]) => [name, ids.flatMap((some) => some ?? [])] as const);
        this.#around.onDue(step, meanings.map(([name, ids]) => `${name} is ${nodesText(ids)}`).join(', '));
        for (const [name, ids] of meanings) world.names.set(name, ids);
        break;
      }
      case 'expect':
        this.#around.onDue(step, `expects ${action.condition.text}`);
        this.#enter('expecting', nowNs);
        this.#expected?.ask(world, nowNs);
        return undefined;
      default:
        this.#around.onDue(step, step.time.kind === 'when' ? `saw ${step.time.condition.text}` : 'waits');
    }
    this.#enter('working', nowNs);
    return undefined;
  }

  #command(template: CommandTemplate, nowNs: number): string | undefined {
    const { port, world } = this.#around;
    const commands = commandsOf(template, world);
    if (typeof commands === 'string') return commands;
    this.#around.onDue(this.step, commands.map(describeCommand).join('; '));
    if (this.step.as !== undefined) world.requests.set(this.step.as, { state: 'pending' });
    this.#enter('working', nowNs);
    for (const command of commands) {
      const problem = describeCommandProblem(command);
      if (problem !== undefined) this.#failure = `${describeCommand(command)}: ${problem}`;
      else this.#send(port, command);
    }
    return undefined;
  }

  #send(port: LabPort, command: StepCommand): void {
    const { step } = this;
    const text = describeCommand(command);
    const isAwaited = step.as === undefined;
    if (isAwaited) this.#open += 1;
    this.#around.onAnswer(step, text, undefined);
    port.execute(command, (result: Result<unknown>) => {
      if (isAwaited) this.#open -= 1;
      this.#around.onAnswer(step, text, result);
      this.#around.wake();
    });
  }

  #enter(phase: 'timing' | 'due' | 'working' | 'expecting', nowNs: number): void {
    this.#phase = phase;
    this.#sinceNs = nowNs;
  }
}

function nodesText(ids: readonly NodeId[]): string {
  return ids.length === 1 ? `node ${ids[0]}` : `nodes ${ids.join(', ')}`;
}
