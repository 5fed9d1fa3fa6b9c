import { describe } from 'vitest';
import type { FaultEvent } from '../../../shared/bench-event.ts';
import { labSourceId } from '../../../shared/ids.ts';
import { itReads, type LineSamples } from '../../support/log-lines.ts';

const fault = { type: 'node-fault', target: 2, faultRule: 'a fault', reason: '' } as const;

const samples: LineSamples<FaultEvent> = {
  'fault-set': [
    [
      {
        type: 'fault-set',
        faultRule: 'loss 0→1',
        fault: { id: 'loss 0→1', link: { from: 0, to: 1 }, action: { kind: 'drop', percent: 10 } },
        description: '0 → 1: 10 % of datagrams are lost',
      },
      'info faults FAULT loss 0→1 set: 0 → 1: 10 % of datagrams are lost',
    ],
  ],
  'fault-cleared': [[{ type: 'fault-cleared', faultRule: 'loss 0→1' }, 'info faults FAULT loss 0→1 cleared']],
  'node-fault': [
    [{ ...fault, fault: 'power-cut', reason: 'by hand' }, 'info faults POWER CUT at node 2: by hand'],
    [{ ...fault, fault: 'pause' }, 'info faults node 2 PAUSED'],
    [{ ...fault, fault: 'resume' }, 'info faults node 2 RESUMED'],
    [{ ...fault, fault: 'wipe' }, 'info faults node 2 WIPED'],
    [{ ...fault, fault: 'slow-disk' }, 'info faults SLOW DISK at node 2'],
    [{ ...fault, fault: 'stuck-disk' }, 'info faults STUCK DISK at node 2'],
    [{ ...fault, fault: 'failing-disk' }, 'info faults FAILING DISK at node 2'],
    [{ ...fault, fault: 'full-disk' }, 'info faults FULL DISK at node 2'],
    [{ ...fault, fault: 'clock-rate' }, 'info faults CLOCK RATE CHANGED at node 2'],
    [{ ...fault, fault: 'clock-jump' }, 'info faults CLOCK JUMP at node 2'],
    [{ ...fault, fault: 'healed' }, 'info faults node 2 HEALED'],
  ],
  'node-fault-acted': [
    [
      { type: 'node-fault-acted', target: 2, faultRule: 'slow-disk 2', act: 'flush-delayed', delayNs: 12_300_000 },
      'debug faults slow-disk 2: at node 2 a flush takes longer, by 12.3 ms',
    ],
    [
      { type: 'node-fault-acted', target: 2, faultRule: 'full-disk 2', act: 'write-refused', delayNs: 0 },
      'debug faults full-disk 2: at node 2 a write is refused',
    ],
  ],
};

describe('lines about faults', () => {
  itReads(samples, labSourceId);
});
