import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readNodeArguments } from '../../../../main/hosts/cli/node-arguments.ts';
import { paperTimings } from '../../../../shared/cluster-config.ts';

const usual = {
  id: '1',
  listen: '127.0.0.1:11111',
  data: '/data',
  peers: '0=127.0.0.1:11110,2=127.0.0.1:11112',
};

/** The usual words, some of them changed; undefined leaves one out. */
function read(changes: Readonly<Record<string, string | undefined>> = {}, environment: NodeJS.ProcessEnv = {}) {
  const words = Object.entries({ ...usual, ...changes }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}=${value}`],
  );
  return readNodeArguments(words, environment);
}

const at = (id: number, host = '127.0.0.1', port = 11_110 + id) => ({ id, address: { host, port } });

describe('the arguments of a node', () => {
  it('name it, its place, its folder and the others', () => {
    const { log, ...others } = read();
    expect(others).toEqual({
      id: 1,
      members: [at(0), at(1), at(2)],
      folder: resolve('/data'),
      timings: paperTimings,
      logFormat: 'text',
    });
    expect(log).toMatchObject({ raft: 'info', net: 'info' });
  });

  it('may list everyone, so that all machines can be given the same list; a node alone lists itself', () => {
    expect(read({ peers: '2=127.0.0.1:11112, 1=127.0.0.1:11111 ,0=127.0.0.1:11110' })).toEqual(read());
    expect(read({ peers: '1=127.0.0.1:11111' }).members).toEqual([at(1)]);
  });

  it('take IPv6, a key, timings and a log', () => {
    const peers = '0=[fe80::1]:7,2=10.0.0.3:8';
    const changes = { peers, key: 'k', timings: '1000..2000,250', log: 'warn,raft=debug', 'log-format': 'json' };
    const { members, keyFile, timings, log, logFormat } = read(changes, { RAFT_LAB_LOG: 'trace' });
    expect(members).toEqual([at(0, 'fe80::1', 7), at(1), at(2, '10.0.0.3', 8)]);
    expect([keyFile, logFormat]).toEqual(['k', 'json']);
    expect(timings).toEqual({ electionTimeoutMinMs: 1_000, electionTimeoutMaxMs: 2_000, heartbeatIntervalMs: 250 });
    expect(log).toMatchObject({ raft: 'debug', net: 'warn' });
  });

  it('take the directives of the environment when there are none', () => {
    expect(read({}, { RAFT_LAB_LOG: 'off,net' }).log).toMatchObject({ raft: 'off', net: 'trace' });
    expect(() => read({}, { RAFT_LAB_LOG: 'loud' })).toThrow('RAFT_LAB_LOG: "loud" is neither a log level');
  });

  it.each([
    [{ id: undefined }, "node: --id is missing. Give this node's number"],
    [{ listen: undefined }, 'node: --listen is missing'],
    [{ data: '' }, 'node: --data is missing'],
    [{ peers: undefined }, 'node: --peers is missing. Give the other nodes of the cluster'],
    [{ id: '65535' }, '--id must be a whole number from 0 to 65534'],
    [{ listen: '127.0.0.1' }, '--listen: "127.0.0.1" is no address'],
    [{ listen: '0.0.0.0:11111', key: 'k' }, 'Name one address of this machine'],
    [{ peers: '127.0.0.1:11110' }, '--peers: "127.0.0.1:11110" is no node. Write ID=HOST:PORT'],
    [{ peers: '0=127.0.0.1:11110,' }, '--peers: "" is no node'],
    [{ peers: '0=host:1' }, '--peers: "host" is no literal'],
    [{ peers: '70000=127.0.0.1:1' }, '--peers: a number of a node must be a whole number from 0 to 65534'],
    [{ peers: '0=127.0.0.1:1,0=127.0.0.1:2' }, '--peers: node 0 is listed twice'],
    [{ peers: '0=127.0.0.1:1,2=127.0.0.1:1' }, '--peers: 127.0.0.1:1 is listed twice'],
    [{ peers: '0=127.0.0.1:11111' }, '--peers lists node 0 at 127.0.0.1:11111, where this one is to listen'],
    [{ id: '2' }, '--peers lists node 2 at 127.0.0.1:11112, but it is to listen at 127.0.0.1:11111. Is --id right?'],
    [{ peers: '0=10.0.0.1:11110' }, '10.0.0.1:11110 can be reached from other machines'],
    [{ timings: '150-300' }, '--timings must be like 150..300,50'],
    [{ timings: '300..150,50' }, '--timings 300..150,50: electionTimeoutMaxMs (150) must be above'],
    [{ log: 'raft=loud' }, '--log: There is no log level "loud"'],
    [{ 'log-format': 'xml' }, '--log-format must be text or json, not "xml".'],
    [{ join: 'x' }, "node: Unknown option '--join'."],
  ])('%j is refused', (changes, message) => {
    expect(() => read(changes)).toThrow(message);
  });

  it('refuse more nodes than a cluster starts with', () => {
    const peers = Array.from({ length: 10 }, (_, id) => `${id + 10}=127.0.0.1:${id + 10}`).join(',');
    expect(() => read({ peers })).toThrow('11 nodes are listed; a cluster starts with up to 9. List fewer.');
  });
});
