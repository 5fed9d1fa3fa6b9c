import { expect, it } from 'vitest';
import { SimStream } from '../../../../main/sim/lab/sim-stream.ts';
import { World } from '../../../../main/sim/world.ts';

function streamWithEar(): { stream: SimStream; seen: string[] } {
  const stream = new SimStream(new World());
  const seen: string[] = [];
  stream.subscribe((events) => seen.push(events.map(({ sequence }) => sequence).join('+')));
  return { stream, seen };
}

it('tells what happened in a turn together, when it is over, and then does what waited for that', () => {
  const { stream, seen } = streamWithEar();
  const result = stream.turn(() => {
    stream.later(() => {
      seen.push('later');
      stream.emit({ type: 'cluster-stopped', reason: '' });
      stream.later(() => seen.push('last'));
    });
    stream.emit({ type: 'cluster-stopped', reason: '' });
    stream.turn(() => stream.emit({ type: 'cluster-stopped', reason: '' }));
    expect(seen).toEqual([]);
    return 5;
  });
  expect(result).toBe(5);
  expect(seen).toEqual(['1+2', 'later', '3', 'last']);
});

it('tells nobody who went, and folds the view whoever listens', () => {
  const { stream, seen } = streamWithEar();
  const end = stream.subscribe(() => seen.push('other'));
  end();
  const { view } = stream;
  const members = [{ id: 0, address: { host: '127.0.0.1', port: 1 } }];
  const timings = { electionTimeoutMinMs: 1, electionTimeoutMaxMs: 2, heartbeatIntervalMs: 1 };
  stream.turn(() => stream.emit({ type: 'cluster-started', clusterId: 'c', members, timings, folder: 'f' }));
  expect(seen).toEqual(['1']);
  expect([view.status, stream.view.status]).toEqual(['none', 'running']);
});
