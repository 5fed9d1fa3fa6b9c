/**
 * The bench: carries commands out on a local cluster and makes the one stream of what happens. Knows nothing of pages,
 * frames or hosts.
 */
import type { AnswerOf, Snapshot } from '../../shared/bridge.ts';
import { commandSchema, type CommandOf, type CommandType } from '../../shared/command.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { HeldEntry } from '../../shared/query.ts';
import { fail, type Result } from '../../shared/result.ts';
import { describeSchemaProblem } from '../../shared/schema-problem.ts';
import { wentWrong } from '../lab-words.ts';
import { findFreePortBlock } from '../net/udp-port-block.ts';
import { LiveChecks } from '../check/live-checks.ts';
import { clientCommands } from './commands/client-commands.ts';
import { clusterCommands, stopCluster } from './commands/cluster-commands.ts';
import type { CommandHandlers } from './commands/command-handlers.ts';
import { judgeCommand } from './commands/judge-command.ts';
import { leaderCommands } from './commands/leader-commands.ts';
import { linkCommands } from './commands/link-commands.ts';
import { machineCommands } from './commands/machine-commands.ts';
import { nodeCommands } from './commands/node-commands.ts';
import { refuse } from './commands/refuse.ts';
import { endScenario, scenarioCommands } from './commands/scenario-commands.ts';
import { endWorkload, workloadCommands } from './commands/workload-commands.ts';
import { worldCommands } from './commands/world-commands.ts';
import { EventStream, type EventSubscriber } from './event-stream.ts';
import { judgeStream } from './judged-stream.ts';
import { labAsPort } from './lab-as-port.ts';
import { LabContext, type LabSettings } from './lab-context.ts';
import { spawnNode } from './spawn-node.ts';

/** `spawn` and `findPortBlock` default to the real ones. */
export type LabSetup = Omit<LabSettings, 'spawn' | 'findPortBlock'> & Partial<LabSettings>;

export class Lab {
  readonly #context: LabContext;
  readonly #handlers: CommandHandlers;
  readonly #endJudging: () => void;
  #closed = false;

  constructor(options: LabSetup, stream: EventStream = new EventStream()) {
    this.#context = new LabContext({ spawn: spawnNode, findPortBlock: findFreePortBlock, ...options }, stream);
    const checks = new LiveChecks();
    this.#endJudging = judgeStream(stream, checks);
    this.#handlers = {
      ...clusterCommands(this.#context),
      ...nodeCommands(this.#context),
      ...linkCommands(this.#context),
      ...machineCommands(this.#context),
      ...leaderCommands(this.#context),
      ...clientCommands(this.#context),
      ...workloadCommands(this.#context),
      ...judgeCommand(this.#context, checks),
      ...worldCommands,
      ...scenarioCommands(this.#context, labAsPort(this, stream)),
    };
  }

  /**
   * Carries a command out. Never rejects: what can't be done is a `Failure`, and stands in the stream as
   * `command-refused` when nothing was done (but for what is no command at all, and for a lab that is closing). What is done
   * to the bench is answered when the stream shows it.
   */
  async execute<Type extends CommandType>(command: CommandOf<Type>): Promise<Result<AnswerOf<Type>>> {
    const parsed = commandSchema.safeParse(command);
    if (!parsed.success) return fail('invalid', describeSchemaProblem(parsed.error, 'command'));
    if (this.#closed) return fail('not-running', 'The lab is closing.');
    const { type } = command;
    const forget = this.#context.memory.add(parsed.data, this.nowNs());
    try {
      // With what has a default, where it was left out.
      const result = await this.#handlers[type](parsed.data as CommandOf<Type>);
      if (!result.ok && result.failure.code === 'invalid') forget();
      // A client's commands say themselves whether anything was sent, and are answered without delay.
      if (type === 'append' || type === 'index-range') return result;
      if (!result.ok) refuse(this.#context, command, result.failure);
      await this.#context.stream.settled();
      return result;
    } catch (error) {
      return refuse(this.#context, command, wentWrong(command, error));
    }
  }

  /** @returns the function that ends the subscription. */
  subscribe(subscriber: EventSubscriber): () => void {
    return this.#context.stream.subscribe(subscriber);
  }

  /** The cluster as it stands and the latest events; what subscribers get next follows right behind. */
  snapshot(): Snapshot {
    return this.#context.stream.snapshot();
  }

  /** How many events came out of the stream: the position of the next one. */
  get position(): number {
    return this.#context.stream.position;
  }

  nowNs(): number {
    return this.#context.stream.clock.nowNs();
  }

  /** An entry as this node holds it now. Nothing stands in the stream of it. */
  async heldEntry(node: NodeId, index: number): Promise<Result<HeldEntry>> {
    const cluster = this.#context.clusterWith(node);
    return cluster.ok ? cluster.value.heldEntry(node, index) : cluster;
  }

  /** Stops the cluster, within the bounds of its nodes, and ends the stream. */
  async close(): Promise<void> {
    this.#closed = true;
    // A cluster that is just being started is not waited for.
    endScenario(this.#context, 'The lab is closing.');
    endWorkload(this.#context, 'The lab is closing.');
    void this.#context.cluster?.stop('The lab is closing.');
    await this.#context.inTurn(() => stopCluster(this.#context, 'The lab is closing.'));
    this.#endJudging();
    this.#context.stream.close();
  }
}
