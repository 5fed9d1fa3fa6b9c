/**
 * One simulated server over all its lives: its machine (disk, clock) stays, its process comes and goes.
 */
import type { ClientRequest } from '../../shared/client-request.ts';
import type { NodeStopCause } from '../../shared/event.ts';
import { storageNumberOf, type NodeId } from '../../shared/ids.ts';
import type { RuleId } from '../../shared/rules.ts';
import { soundDisk, type DiskFaults } from '../faults/disk-faults.ts';
import { endedAtWork, takesNoRequests } from '../lab-words.ts';
import { StorageError, type Storage } from '../ports.ts';
import type { RaftState } from '../raft/state.ts';
import { AskedRequests, type Answer } from './asked-requests.ts';
import type { Folder } from './folder.ts';
import { startLife, type Life } from './life.ts';
import type { SimContext } from './sim-context.ts';

/** A power cut ends the process at its next write to the disk, or after this. */
const powerFailsWithinNs = 300_000_000;

export class SimNode {
  readonly id: NodeId;
  readonly #context: SimContext;
  #folder: Folder;
  #life: Life | undefined;
  #lastState: RaftState | undefined;
  /** Of this life. */
  #asked = new AskedRequests();
  #isLosingPower = false;
  #clockPartsPerMillion = 0;
  #diskFaults: DiskFaults = soundDisk;
  #rulesOff: readonly RuleId[];

  constructor(id: NodeId, context: SimContext) {
    this.id = id;
    this.#context = context;
    this.#rulesOff = context.rulesOff;
    this.#folder = context.folders.of(id);
  }

  get isRunning(): boolean {
    return this.#life !== undefined;
  }

  get isPaused(): boolean {
    return this.#life?.process.isPaused === true;
  }

  /** What a member has to have for this server's present folder to count. */
  get storageNumber(): number {
    return storageNumberOf(this.#folder.storageId);
  }

  /** Of the process that runs. For choices and for the checks at the end; the monitors see events only. */
  get state(): RaftState | undefined {
    return this.#life?.state;
  }

  /** The same; when no process runs, of the last one. */
  get lastState(): RaftState | undefined {
    return this.#life?.state ?? this.#lastState;
  }

  get storage(): Storage | undefined {
    return this.#life?.storage;
  }

  /** @returns why it did not start; undefined when it runs */
  launch(): string | undefined {
    if (this.#life) return undefined;
    let life: Life;
    try {
      life = this.#startLife();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      this.#tellEnd('failed', error.message);
      return error.message;
    }
    this.#life = life;
    life.storage.setFaults(this.#diskFaults);
    life.clock.setRate(this.#clockPartsPerMillion);
    return undefined;
  }

  #startLife(): Life {
    return startLife(this.#context, {
      id: this.id,
      folder: this.#folder,
      rulesOff: this.#rulesOff,
      answer: (requestId, result) => this.#asked.answer(requestId, result),
      onFailed: (code, reason) => (this.#isLosingPower ? this.#losePower() : this.#end('failed', `${code}: ${reason}`)),
    });
  }

  /** The process is gone from one moment to the next; what it had handed to the system stays. */
  kill(): void {
    this.#end('crashed', 'It was killed.');
  }

  /** Closes cleanly. */
  stop(): void {
    const life = this.#life;
    life?.stamper.lamport.follow(this.#context.lab.lamport.current);
    life?.host.stop('asked to');
    this.#end('stopped', 'It was stopped.');
  }

  /** Process and machine lose their power; what was not flushed may be gone. */
  cutPower(): void {
    if (!this.#life || !this.#folder.cutPowerSoon()) return this.#losePower();
    this.#isLosingPower = true;
    const { world } = this.#context;
    return world.call(world.nowNs + powerFailsWithinNs, () => this.finishPowerCut());
  }

  /** Nothing is under way any more that could still end this process. */
  finishPowerCut(): void {
    if (this.#isLosingPower) this.#losePower();
  }

  /** Another folder under the same id: everything that it promised is forgotten. */
  wipe(): void {
    this.#isLosingPower = false;
    this.#end('crashed', 'Its folder is gone.');
    this.#folder = this.#context.folders.replace(this.id);
  }

  pause(): void {
    this.#life?.process.pause();
  }

  resume(): void {
    this.#life?.stamper.lamport.follow(this.#context.lab.lamport.current);
    this.#life?.process.resume();
  }

  setDiskFaults(faults: DiskFaults): void {
    this.#diskFaults = faults;
    this.#life?.storage.setFaults(faults);
  }

  setClockRate(partsPerMillion: number): void {
    this.#clockPartsPerMillion = partsPerMillion;
    this.#life?.clock.setRate(partsPerMillion);
  }

  jumpClock(byNs: number): void {
    this.#life?.clock.jump(byNs);
  }

  /** These rules of Raft are off from now on, in later lives too. */
  setRules(rulesOff: readonly RuleId[]): void {
    this.#rulesOff = rulesOff;
    this.#hand((life) => life.host.configure(rulesOff));
  }

  /** A client's request; when the process dies it is answered that nobody knows. */
  request(requestId: string, request: ClientRequest, timeoutMs: number, answer: Answer): void {
    if (!this.#life) return answer({ ok: false, failure: takesNoRequests(this.id) });
    this.#asked.add(requestId, answer);
    this.#hand((life) => life.host.request(requestId, request, timeoutMs));
  }

  /** The lab asks something of the process that runs; it hears of it when it goes on. */
  #hand(ask: (life: Life) => void): void {
    const life = this.#life;
    if (!life) return;
    const { lamport } = this.#context.lab;
    const hand = (): void => {
      life.stamper.lamport.follow(lamport.current);
      ask(life);
    };
    return life.process.isPaused ? life.process.whenResumed(hand) : hand();
  }

  #losePower(): void {
    this.#isLosingPower = false;
    this.#end('crashed', 'Its power is gone.');
    this.#folder.losePower();
  }

  #end(cause: NodeStopCause, reason: string): void {
    const life = this.#life;
    if (!life) return;
    this.#life = undefined;
    this.#lastState = life.state;
    life.process.kill();
    life.storage.abandon();
    const asked = this.#asked;
    this.#asked = new AskedRequests();
    this.#context.lab.lamport.follow(life.stamper.lamport.current);
    this.#tellEnd(cause, reason);
    asked.giveUp(endedAtWork(this.id));
  }

  #tellEnd(cause: NodeStopCause, reason: string): void {
    this.#context.lab.emit({ type: 'node-ended', target: this.id, cause, reason });
    this.#context.onEnded(this.id, cause, reason);
  }
}
