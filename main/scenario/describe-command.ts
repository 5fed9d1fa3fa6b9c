/** A command in a few words, for the steps that a scenario tells: `crash-node 2`, `partition {0,1} {2,3,4}`. */
import { describeFaultRule } from '../../shared/fault-rule.ts';
import type { StepCommand } from './scenario.ts';

const textCharsMax = 40;
const entriesMax = 3;

export function describeCommand(command: StepCommand): string {
  switch (command.type) {
    case 'append':
      return `append at node ${command.node}: ${entriesText(command.entries)}`;
    case 'index-range': {
      const { node, startIndex, endIndex, read = 'linearizable' } = command;
      return `${read} read of ${startIndex}..${endIndex} at node ${node}`;
    }
    case 'cut-link':
    case 'heal-link':
      return `${command.type} ${command.link.from} → ${command.link.to}`;
    case 'partition':
      return `partition ${command.groups.map((group) => `{${group.join(',')}}`).join(' ')}`;
    case 'set-fault':
      return `set-fault ${describeFaultRule(command.rule)}`;
    case 'change-membership': {
      const { voters, learners } = command;
      const learn = learners.length > 0 ? `, learners {${learners.join(',')}}` : '';
      return `change-membership: voters {${voters.join(',')}}${learn}`;
    }
    case 'transfer-leadership':
      return `transfer-leadership to node ${command.to}`;
    case 'set-rules':
      return command.rulesOff.length === 0 ? 'set-rules: all on' : `set-rules: ${command.rulesOff.join(', ')} off`;
    default:
      return fieldsText(command);
  }
}

function entriesText(entries: readonly (string | Uint8Array)[]): string {
  const shown = entries.slice(0, entriesMax).map((entry) => {
    if (typeof entry !== 'string') return `${entry.byteLength} bytes`;
    return `“${entry.length > textCharsMax ? `${entry.slice(0, textCharsMax)}…` : entry}”`;
  });
  return entries.length > entriesMax ? `${shown.join(', ')} … (${entries.length} entries)` : shown.join(', ');
}

/** `crash-node 2`, `set-disk 0 {kind: slow, …}`. */
function fieldsText({ type, ...fields }: StepCommand): string {
  const texts = Object.values(fields).map((value) =>
    typeof value === 'object' ? JSON.stringify(value).replaceAll('"', '') : String(value),
  );
  return [type, ...texts].join(' ');
}
