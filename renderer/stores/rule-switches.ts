/** The switches of Raft's rules: what is off, and what was asked for and not answered yet. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { ruleIds, type RuleId } from '../../shared/rules.ts';
import { useClusterStore } from './cluster.ts';
import { useConnectionStore } from './connection.ts';

export const useRuleSwitchesStore = defineStore('rule-switches', () => {
  const connection = useConnectionStore();
  const cluster = useClusterStore();
  const asked = shallowRef<readonly RuleId[] | null>(null);

  /** As a switch shows it: what was asked for last counts, so that the next switch builds on it. */
  const off = computed(() => asked.value ?? cluster.rulesOff);

  /** A failure comes up as a notice, and the switches go back to what is so. */
  async function setOff(rulesOff: readonly RuleId[]): Promise<void> {
    asked.value = rulesOff;
    await connection.run({ type: 'set-rules', rulesOff: [...rulesOff] });
    if (asked.value === rulesOff) asked.value = null;
  }

  function change(id: RuleId, isOn: boolean): void {
    void setOff(ruleIds.filter((rule) => (rule === id ? !isOn : off.value.includes(rule))));
  }
  function allOn(): void {
    void setOff([]);
  }

  return { off, change, allOn };
});
