/** One server in this thread: real UDP on 127.0.0.1, a real folder, the real clock. */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockFolder } from '../../../main/disk/folder-lock.ts';
import { openUdpDatagrams } from '../../../main/net/udp-datagrams.ts';
import { keyFromClusterId } from '../../../main/node/cluster-key.ts';
import { runNode, StartError, type NodeSink, type RunningNode } from '../../../main/node/run-node.ts';
import type { NodeOptions } from '../../../main/node/worker-messages.ts';
import type { ClientAnswer, ClientRequest } from '../../../shared/client-request.ts';
import { paperTimings } from '../../../shared/cluster-config.ts';
import type { LabEvent } from '../../../shared/event.ts';
import type { Result } from '../../../shared/result.ts';
import { findFreePorts } from '../../support/ports.ts';
import { until } from '../../support/until.ts';
import { temporaryFolder } from '../disk/disk-fixture.ts';

/** A server alone in its cluster, with a port and a folder of its own. */
async function optionsAlone(): Promise<NodeOptions> {
  const [port = 0] = await findFreePorts(1);
  const clusterId = randomUUID();
  return {
    id: 0,
    members: [{ id: 0, address: { host: '127.0.0.1', port } }],
    folder: temporaryFolder(),
    clusterId,
    key: keyFromClusterId(clusterId),
    timings: paperTimings,
    seed: 1,
    clockOriginNs: process.hrtime.bigint(),
    faultRules: [],
  };
}

/** What a server has told, and a way to ask it. */
class Told {
  readonly events: LabEvent[] = [];
  readonly answers = new Map<string, Result<ClientAnswer>>();
  readonly failures: string[] = [];
  readonly sink: NodeSink;

  constructor(wants?: NodeSink['wants']) {
    this.sink = {
      ...(wants && { wants }),
      events: (events) => this.events.push(...events),
      answer: (requestId, result) => this.answers.set(requestId, result),
      failed: (code) => this.failures.push(code),
    };
  }

  async ask(node: RunningNode, request: ClientRequest): Promise<ClientAnswer> {
    const requestId = randomUUID();
    node.request(requestId, request, 30_000);
    const result = await until(() => this.answers.get(requestId), 'an answer');
    if (!result.ok) throw new Error(result.failure.message);
    return result.value;
  }

  async append(node: RunningNode, ...texts: string[]): Promise<ClientAnswer> {
    return await this.ask(node, { kind: 'append', entries: texts.map((text) => new TextEncoder().encode(text)) });
  }

  async texts(node: RunningNode): Promise<string[]> {
    const answer = await this.ask(node, { kind: 'index-range', startIndex: 0, endIndex: 9_999 });
    if (answer.kind !== 'index-range') throw new Error(`It answered ${answer.kind}.`);
    return answer.entries.map(({ payload }) => new TextDecoder().decode(payload));
  }
}

/** Stopped when the test ends, if the test has not done it. */
async function run(options: NodeOptions, told: Told): Promise<RunningNode> {
  const node = await runNode(options, told.sink);
  onTestFinished(() => node.stop());
  return node;
}

/** How the start was refused. */
async function refusalOf(options: NodeOptions): Promise<StartError> {
  const refusal = await run(options, new Told()).catch((error: unknown) => error);
  if (!(refusal instanceof StartError)) throw new Error('The start was not refused.', { cause: refusal });
  return refusal;
}

describe('a server', () => {
  it('starts alone, elects itself, appends and reads back', async () => {
    const options = await optionsAlone();
    const told = new Told();
    const node = await run(options, told);
    expect(node.address).toEqual(options.members[0]?.address);
    expect(told.events[0]).toMatchObject({ type: 'node-started', node: 0, boot: 1, sequence: 1, lastIndex: 0 });
    expect(await told.append(node, 'foo', 'bar')).toMatchObject({ kind: 'append', term: 1 });
    expect(await told.texts(node)).toEqual(['foo', 'bar']);
    expect(told.events).toContainEqual(expect.objectContaining({ type: 'role-changed', to: 'leader' }));
  });

  it('tells what led to an answer before the answer', async () => {
    let happened = 0;
    const told = new Told(() => {
      happened += 1;
      return true;
    });
    const missing: number[] = [];
    const sink: NodeSink = {
      ...told.sink,
      answer: (requestId, result) => {
        missing.push(happened - told.events.length);
        told.sink.answer(requestId, result);
      },
    };
    const node = await runNode(await optionsAlone(), sink);
    onTestFinished(() => node.stop());
    for (const text of ['foo', 'bar', 'baz']) await told.append(node, text);
    expect(missing).toEqual([0, 0, 0]);
    expect(told.events).toContainEqual(expect.objectContaining({ type: 'entries-applied' }));
  });

  it('leaves port and folder to the next one when it stops, and what it has answered', async () => {
    const options = await optionsAlone();
    for (const boot of [1, 2, 3]) {
      const told = new Told();
      const node = await run(options, told);
      expect(told.events[0]).toMatchObject({ type: 'node-started', boot });
      await told.append(node, `life ${boot}`);
      expect(await told.texts(node)).toEqual(['life 1', 'life 2', 'life 3'].slice(0, boot));
      node.stop();
      expect(told.events.at(-1)).toMatchObject({ type: 'node-stopping', reason: 'asked to' });
      expect(told.failures).toEqual([]);
    }
  });

  it('answers who waits when it stops', async () => {
    const alone = await optionsAlone();
    const [otherPort = 0] = await findFreePorts(1);
    const members = [...alone.members, { id: 1, address: { host: '127.0.0.1', port: otherPort } }];
    const told = new Told();
    const node = await run({ ...alone, members }, told);
    node.request('a', { kind: 'append', entries: [new Uint8Array(1)] }, 30_000);
    node.stop();
    expect(told.answers.get('a')).toMatchObject({ ok: false, failure: { code: 'not-running' } });
  });

  it('numbers its events above the acts of others that it follows', async () => {
    const told = new Told();
    const node = await run({ ...(await optionsAlone()), lamport: 500 }, told);
    expect(told.events[0]?.lamport).toBe(501);
    node.follow(9_000);
    node.stop();
    expect(told.events.at(-1)?.lamport).toBeGreaterThan(9_000);
  });

  it('leaves out the events that nobody wants, but numbers them', async () => {
    const options = await optionsAlone();
    const asked: string[] = [];
    const told = new Told(({ type }) => {
      asked.push(type);
      return type === 'role-changed' || type === 'node-stopping';
    });
    const node = await run(options, told);
    await told.append(node, 'foo');
    node.stop();
    const wanted = asked.flatMap((type, at) =>
      type === 'role-changed' || type === 'node-stopping' ? [{ type, sequence: at + 1 }] : [],
    );
    expect(told.events.map(({ type, sequence }) => ({ type, sequence }))).toEqual(wanted);
    expect(asked.length).toBeGreaterThan(wanted.length);
    expect(wanted.map(({ type }) => type)).toEqual(expect.arrayContaining(['role-changed', 'node-stopping']));
  });
});

describe('a start is refused with a code, and everything is closed again', () => {
  it('when the port is taken', async () => {
    const options = await optionsAlone();
    const [member] = options.members;
    if (!member) throw new Error('There is no member.');
    const other = await openUdpDatagrams(member.address);
    const { code, message } = await refusalOf(options);
    expect(code).toBe('port-taken');
    expect(message).toContain(`127.0.0.1:${member.address.port} is taken`);
    other.close();
    await other.closed;
    const told = new Told();
    await told.append(await run(options, told), 'foo');
  });

  it('when another one has the folder', async () => {
    const options = await optionsAlone();
    const lock = await lockFolder(options.folder);
    const { code, message } = await refusalOf(options);
    expect(code).toBe('folder-locked');
    expect(message).toContain(options.folder);
    lock.release();
    // The port is free again: the refused start had it already.
    const told = new Told();
    await told.append(await run(options, told), 'foo');
  });

  it('when the folder can not be made', async () => {
    const options = await optionsAlone();
    const file = join(options.folder, 'file');
    writeFileSync(file, 'not a folder');
    expect(await refusalOf({ ...options, folder: join(file, 'data') })).toMatchObject({ code: 'folder-unusable' });
  });

  it('when the log is damaged, which stays as it is', async () => {
    const options = await optionsAlone();
    const { folder } = options;
    const told = new Told();
    const node = await run(options, told);
    for (let count = 0; count < 20; count += 1) await told.append(node, `entry ${count}`);
    node.stop();
    const isOfEntry = (name: string): boolean => readFileSync(join(folder, name)).includes('entry 7');
    const name = readdirSync(folder).find(isOfEntry) ?? 'no such file';
    const damaged = readFileSync(join(folder, name));
    damaged.write('ENTRY 7', damaged.indexOf('entry 7'));
    writeFileSync(join(folder, name), damaged);

    const { code, message } = await refusalOf(options);
    expect(code).toBe('log-damaged');
    expect(message).toContain(`${name} is damaged at byte`);
    expect(readFileSync(join(folder, name)).equals(damaged)).toBe(true);
    // Neither the folder's lock nor the port is held any more.
    const lock = await lockFolder(folder);
    lock.release();
    const next = new Told();
    await next.append(await run({ ...options, folder: temporaryFolder() }, next), 'foo');
  });

  it('when it is no member of its own cluster', async () => {
    const { code, message } = await refusalOf({ ...(await optionsAlone()), id: 7 });
    expect(code).toBe('internal');
    expect(message).toContain('node 7 is a member of its own cluster');
  });
});
