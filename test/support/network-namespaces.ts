/**
 * Machines of a small network, each a network namespace of this one with an address of its own, joined by a switch that is
 * a namespace too. Linux only, and only where the system allows making them (as root, with `ip` of iproute2).
 */
import { spawnSync } from 'node:child_process';

const namespacePrefix = 'raft-lab';

/** Of the network, whose addresses nothing outside the namespaces ever sees. */
const subnet = '10.91.7';

export class NetworkNamespaces {
  readonly #name: string;
  readonly #count: number;
  readonly #made: string[] = [];

  private constructor(count: number) {
    this.#count = count;
    this.#name = `${namespacePrefix}-${process.pid}-${Math.random().toString(36).slice(2, 8)}`;
  }

  /** @returns machines 0 to `count` − 1, or why there can be none here; then nothing is left behind */
  static make(count: number): NetworkNamespaces | string {
    if (process.platform !== 'linux') return 'network namespaces are of Linux alone';
    const network = new NetworkNamespaces(count);
    try {
      network.#build();
      return network;
    } catch (error) {
      network.remove();
      return `this machine makes no network namespaces (${error instanceof Error ? error.message : String(error)})`;
    }
  }

  /** The words that run a program on a machine. */
  within(machine: number): readonly string[] {
    return ['ip', 'netns', 'exec', this.#machine(machine)];
  }

  hostOf(machine: number): string {
    return `${subnet}.${machine + 1}`;
  }

  /** Pulls the machine's plug, or puts it in again. */
  setLink(machine: number, state: 'up' | 'down'): void {
    ip('-n', this.#switch, 'link', 'set', port(machine), state);
  }

  /** What runs on the machines must have ended. */
  remove(): void {
    for (const name of this.#made.splice(0)) ip('netns', 'del', name);
  }

  get #switch(): string {
    return `${this.#name}-switch`;
  }

  #machine(machine: number): string {
    return `${this.#name}-${machine}`;
  }

  #build(): void {
    this.#makeNamespace(this.#switch);
    ip('-n', this.#switch, 'link', 'add', 'bridge', 'type', 'bridge');
    ip('-n', this.#switch, 'link', 'set', 'bridge', 'up');
    for (let machine = 0; machine < this.#count; machine += 1) this.#plugIn(machine);
  }

  #plugIn(machine: number): void {
    const name = this.#machine(machine);
    this.#makeNamespace(name);
    const cable = ['type', 'veth', 'peer', 'name', 'eth0', 'netns', name];
    ip('-n', this.#switch, 'link', 'add', port(machine), ...cable);
    ip('-n', this.#switch, 'link', 'set', port(machine), 'master', 'bridge', 'up');
    ip('-n', name, 'address', 'add', `${this.hostOf(machine)}/24`, 'dev', 'eth0');
    for (const device of ['lo', 'eth0']) ip('-n', name, 'link', 'set', device, 'up');
  }

  #makeNamespace(name: string): void {
    ip('netns', 'add', name);
    this.#made.push(name);
  }
}

/** The switch's end of the machine's cable. */
function port(machine: number): string {
  return `port${machine}`;
}

/** @throws Error with what `ip` said */
function ip(...words: readonly string[]): void {
  const { status, stderr, error } = spawnSync('ip', words, { encoding: 'utf8' });
  if (error) throw new Error(`ip of iproute2 can't be run: ${error.message}`, { cause: error });
  if (status !== 0) throw new Error(`ip ${words.join(' ')}: ${stderr.trim()}`);
}
