import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { configurationBytes, decodeConfiguration, encodeConfiguration } from '../../../main/disk/configuration-body.ts';
import { nodeIdMax } from '../../../shared/ids.ts';

const server = fc.record({ id: fc.nat(nodeIdMax), storage: fc.integer({ min: 0, max: 2 ** 48 - 1 }) });
const group = fc.array(server, { maxLength: 40 });
const configuration = fc.record({ voters: group, outgoing: group, learners: group }, { noNullPrototype: true });

it('a configuration comes back from any place, and not when it is cut', () => {
  fc.assert(
    fc.property(configuration, fc.nat(20), (configuration, at) => {
      const view = new DataView(new ArrayBuffer(at + configurationBytes(configuration)));
      const end = encodeConfiguration(view, at, configuration);
      expect(end).toBe(view.byteLength);
      expect(decodeConfiguration(view, at)).toEqual({ configuration, end });
      expect(decodeConfiguration(new DataView(view.buffer, 0, end - 1), at)).toBeUndefined();
    }),
  );
});

it('a configuration stands where the README says', () => {
  const view = new DataView(new ArrayBuffer(20));
  const voters = [{ id: 258, storage: 1 }];
  encodeConfiguration(view, 0, { voters, outgoing: [], learners: [{ id: 2, storage: 2 ** 40 }] });
  expect([...new Uint8Array(view.buffer)]).toEqual([1, 0, 1, 0, 2, 1, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 1]);
  view.setUint8(3, 1);
  expect(decodeConfiguration(view, 0)).toBeUndefined();
});

it('what does not fit is not written', () => {
  const view = new DataView(new ArrayBuffer(3000));
  const voters = Array.from({ length: 256 }, (_, id) => ({ id, storage: 0 }));
  expect(() => encodeConfiguration(view, 0, { voters, outgoing: [], learners: [] })).toThrow('above the limit');
  const [storage] = [2 ** 48];
  expect(() => encodeConfiguration(view, 0, { voters: [{ id: 1, storage }], outgoing: [], learners: [] })).toThrow(
    '2^48',
  );
});
