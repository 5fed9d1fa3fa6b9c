/**
 * Lines for what a person does to links, nodes, disks and clocks, and what that does in turn.
 */
import type { FaultEvent, NodeFault, NodeFaultAct } from '../bench-event.ts';
import type { Describers } from './log-line-shape.ts';
import { because, millisecondsText } from './log-line-words.ts';

const faults: Readonly<Record<NodeFault, (node: number) => string>> = {
  'power-cut': (node) => `POWER CUT at node ${node}`,
  pause: (node) => `node ${node} PAUSED`,
  resume: (node) => `node ${node} RESUMED`,
  wipe: (node) => `node ${node} WIPED`,
  'slow-disk': (node) => `SLOW DISK at node ${node}`,
  'stuck-disk': (node) => `STUCK DISK at node ${node}`,
  'failing-disk': (node) => `FAILING DISK at node ${node}`,
  'full-disk': (node) => `FULL DISK at node ${node}`,
  'clock-rate': (node) => `CLOCK RATE CHANGED at node ${node}`,
  'clock-jump': (node) => `CLOCK JUMP at node ${node}`,
  healed: (node) => `node ${node} HEALED`,
};

const acts: Readonly<Record<NodeFaultAct, string>> = {
  'flush-delayed': 'a flush takes longer',
  'flush-stuck': 'a flush gets no answer',
  'flush-released': 'the flush that was stuck is answered',
  'flush-failed': 'a flush fails',
  'write-refused': 'a write is refused',
};

export const describeFaults: Describers<FaultEvent> = {
  'fault-set': {
    target: 'faults',
    level: 'info',
    text: ({ faultRule, description }) => `FAULT ${faultRule} set${because(description)}`,
  },
  'fault-cleared': { target: 'faults', level: 'info', text: ({ faultRule }) => `FAULT ${faultRule} cleared` },
  'node-fault': {
    target: 'faults',
    level: 'info',
    text: ({ target, fault, reason }) => `${faults[fault](target)}${because(reason)}`,
  },
  'node-fault-acted': {
    target: 'faults',
    level: 'debug',
    text: ({ target, faultRule, act, delayNs }) =>
      `${faultRule}: at node ${target} ${acts[act]}${delayNs > 0 ? `, by ${millisecondsText(delayNs)}` : ''}`,
  },
};
