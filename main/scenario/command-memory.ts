/** What was done to a cluster since it was started, with bounded memory: the earliest goes first. */
import { limits } from '../../shared/cluster-config.ts';
import type { Command, CommandOf } from '../../shared/command.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import { isStepCommandType } from './command-forms.ts';
import type { StepCommand } from './scenario.ts';

/** A command and when it was given, ms since the cluster was started. */
export interface TimedCommand {
  readonly atMs: number;
  readonly command: StepCommand;
}

/** All that there is of it. */
export interface RememberedCommands {
  readonly cluster: CommandOf<'start-cluster'>;
  /** In the order in which they were given. */
  readonly commands: readonly TimedCommand[];
  /** Commands before these that are no longer held. */
  readonly forgotten: number;
}

export class CommandMemory {
  readonly #commandsMax: number;
  readonly #bytesMax: number;
  #cluster: { readonly command: CommandOf<'start-cluster'>; readonly startNs: number } | undefined;
  /** By the number of the command. */
  #held = new Map<number, TimedCommand & { readonly bytes: number }>();
  #bytes = 0;
  #forgotten = 0;
  #numbers = 0;

  constructor(commandsMax: number = limits.rememberedCommandsMax, bytesMax: number = limits.rememberedCommandBytesMax) {
    this.#commandsMax = commandsMax;
    this.#bytesMax = bytesMax;
  }

  /** A cluster was started: what was done to another one is forgotten. @param command with what it was really started with */
  begin(command: CommandOf<'start-cluster'>, nowNs: number): void {
    this.#cluster = { command, startNs: nowNs };
    this.#held = new Map();
    this.#bytes = 0;
    this.#forgotten = 0;
  }

  /** A command was given. @returns takes it back, as something that made no sense */
  add(command: Command, nowNs: number): () => void {
    if (!this.#cluster || !isStepCommand(command)) return () => {};
    const atMs = Math.round((nowNs - this.#cluster.startNs) / nanosecondsPerMillisecond);
    const bytes = bytesOf(command);
    const held = this.#held;
    this.#numbers += 1;
    const number = this.#numbers;
    held.set(number, { atMs, command, bytes });
    this.#bytes += bytes;
    for (const earliest of held.keys()) {
      if (held.size <= this.#commandsMax && this.#bytes <= this.#bytesMax) break;
      this.#drop(earliest);
      this.#forgotten += 1;
    }
    return () => {
      if (held === this.#held) this.#drop(number);
    };
  }

  /** Undefined when no cluster was started. */
  recall(): RememberedCommands | undefined {
    if (!this.#cluster) return undefined;
    const commands = [...this.#held.values()].map(({ atMs, command }) => ({ atMs, command }));
    return { cluster: this.#cluster.command, commands, forgotten: this.#forgotten };
  }

  #drop(number: number): void {
    this.#bytes -= this.#held.get(number)?.bytes ?? 0;
    this.#held.delete(number);
  }
}

function isStepCommand(command: Command): command is StepCommand {
  return isStepCommandType(command.type);
}

/** Of its entries; everything else is small. */
function bytesOf(command: StepCommand): number {
  if (command.type !== 'append') return 0;
  return command.entries.reduce((sum, entry) => sum + entry.length, 0);
}
