/** Which level of which target is shown of whom: directives for all, and what differs for a server. Changed while it runs. */
import { useStorage } from '@vueuse/core';
import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import type { NodeId } from '../../shared/ids.ts';
import { parseLogDirectives, type LogDirectives, type LogThreshold } from '../../shared/log-directives.ts';
import { logTargets, type LogTarget } from '../../shared/projection/log-line.ts';
import { required } from '../../shared/assert.ts';
import type { LineLevels } from '../log-worker/line-filter.ts';

export interface LogLevels {
  /** As they were typed. */
  readonly directives: Ref<string>;
  /** Why they are none; empty when they are. The last good ones stay in force. */
  readonly directivesProblem: ComputedRef<string>;
  readonly levels: ComputedRef<LineLevels>;
  levelOf(node: NodeId, target: LogTarget): LogThreshold;
  /** Whether something of the server differs from what is said of all. */
  differs(node: NodeId, target?: LogTarget): boolean;
  /** `null` takes back what differs. Without a target: of all targets; without a node: of all servers, what differs included. */
  setLevel(node: NodeId | null, target: LogTarget | null, threshold: LogThreshold | null): void;
}

const storageKey = 'raft-lab.log-directives';
const defaultDirectives = 'info';
const defaults = required(valueOf(defaultDirectives), 'the default directives are directives');

export function useLogLevels(): LogLevels {
  const directives = useStorage(storageKey, defaultDirectives);
  const own = shallowRef<LineLevels['of']>({});
  const parsed = computed(() => parseLogDirectives(directives.value));
  const all = shallowRef<LogDirectives>(valueOf(directives.value) ?? defaults);
  const directivesProblem = computed(() => (parsed.value.ok ? '' : parsed.value.failure.message));
  watch(parsed, (next) => next.ok && (all.value = next.value), { flush: 'sync' });
  const levels = computed<LineLevels>(() => ({ all: all.value, of: own.value }));

  function levelOf(node: NodeId, target: LogTarget): LogThreshold {
    return own.value[node]?.[target] ?? all.value[target];
  }

  function differs(node: NodeId, target?: LogTarget): boolean {
    const ofNode = own.value[node];
    return ofNode !== undefined && (target === undefined || ofNode[target] !== undefined);
  }

  function setLevel(node: NodeId | null, target: LogTarget | null, threshold: LogThreshold | null): void {
    const targets = target === null ? logTargets : [target];
    if (node === null) {
      const named = targets.map((each) => [each, threshold ?? defaults[each]] as const);
      directives.value = writeLogDirectives({ ...all.value, ...Object.fromEntries(named) });
    }
    const nodes = node === null ? Object.keys(own.value).map(Number) : [node];
    own.value = Object.fromEntries(
      [...Object.entries(own.value).filter(([id]) => !nodes.includes(Number(id))), ...nodes.map(changed)].filter(
        ([, ofNode]) => Object.keys(ofNode).length > 0,
      ),
    );

    function changed(id: NodeId): [string, Partial<Record<LogTarget, LogThreshold>>] {
      const ofNode: Partial<Record<LogTarget, LogThreshold>> = { ...own.value[id] };
      for (const each of targets) {
        if (node === null || threshold === null || threshold === all.value[each]) delete ofNode[each];
        else ofNode[each] = threshold;
      }
      return [`${id}`, ofNode];
    }
  }

  return { directives, directivesProblem, levels, levelOf, differs, setLevel };
}

/** The shortest directives that say it: what most targets have, then the others. */
export function writeLogDirectives(directives: LogDirectives): string {
  const counts = new Map<LogThreshold, number>();
  for (const target of logTargets) counts.set(directives[target], (counts.get(directives[target]) ?? 0) + 1);
  const [most] = [...counts].toSorted((left, right) => right[1] - left[1])[0] ?? [defaultDirectives];
  const others = logTargets.filter((target) => directives[target] !== most);
  return [most, ...others.map((target) => `${target}=${directives[target]}`)].join(',');
}

function valueOf(text: string): LogDirectives | undefined {
  const parsed = parseLogDirectives(text);
  return parsed.ok ? parsed.value : undefined;
}
