/** Everything that can be done to a node as it is now. The menu on the stage and the palette are made of this one list. */
import { Cable, CircleStop, Crown, Pause, Play, PlugZap, Trash2, Unplug, Zap } from '@lucide/vue';
import type { NodeView } from '../../shared/projection/node-view.ts';
import { memberKindOf } from '../../shared/projection/membership-view.ts';
import { isDown } from '../components/stage/role-icon.ts';
import { useAskedDialogStore } from '../stores/asked-dialog.ts';
import { useClusterStore } from '../stores/cluster.ts';
import { useConnectionStore } from '../stores/connection.ts';
import { text } from '../text/faults.ts';
import type { NodeAct } from './node-act.ts';
import { useFaultActions } from './use-fault-actions.ts';
import { useMachineActs } from './use-machine-acts.ts';
import { useMemberActs } from './use-member-acts.ts';

export function useNodeActs(): (node: NodeView) => readonly NodeAct[] {
  const actions = useFaultActions();
  const connection = useConnectionStore();
  const cluster = useClusterStore();
  const dialogs = useAskedDialogStore();
  const machine = useMachineActs();
  const members = useMemberActs();

  function restartOf({ id }: NodeView): NodeAct {
    return {
      id: 'restart',
      label: text.restart,
      name: text.restartNode(id),
      icon: Play,
      keys: ['x s'],
      testId: `menu-restart-node-${id}`,
      run: () => actions.restart(id),
    };
  }

  function pauseOf({ id, status, faults }: NodeView): NodeAct {
    return faults.some(({ fault }) => fault === 'pause')
      ? {
          id: 'resume',
          label: text.resume,
          name: text.resumeNode(id),
          icon: Play,
          keys: ['x p'],
          testId: `menu-resume-node-${id}`,
          run: () => void connection.run({ type: 'resume-node', node: id }),
        }
      : {
          id: 'pause',
          label: text.pause,
          name: text.pauseNode(id),
          icon: Pause,
          keys: ['x p'],
          disabled: status !== 'running',
          testId: `menu-pause-node-${id}`,
          run: () => void connection.run({ type: 'pause-node', node: id }),
        };
  }

  function endsOf(node: NodeView): readonly NodeAct[] {
    const { id } = node;
    return [
      {
        id: 'crash',
        label: text.crash,
        name: text.crashNode(id),
        icon: Zap,
        tone: 'danger',
        keys: ['x c'],
        testId: `menu-crash-node-${id}`,
        run: () => actions.crash(id),
      },
      {
        id: 'stop',
        label: text.stop,
        name: text.stopNode(id),
        icon: CircleStop,
        keys: ['x s'],
        testId: `menu-stop-node-${id}`,
        run: () => actions.stop(id),
      },
      pauseOf(node),
      {
        id: 'cut-power',
        label: text.cutPower,
        name: text.cutPowerOf(id),
        icon: PlugZap,
        tone: 'danger',
        testId: `menu-power-node-${id}`,
        run: () => void connection.run({ type: 'cut-power', node: id }),
      },
    ];
  }

  function linksOf({ id }: NodeView): NodeAct[] {
    const links = actions.linksOf(id);
    const cutCount = links.filter((link) => actions.isCut(link)).length;
    return [
      {
        id: 'isolate',
        label: text.isolate,
        name: text.isolateNode(id),
        icon: Unplug,
        startsGroup: true,
        keys: ['x i'],
        disabled: cutCount === links.length,
        testId: `menu-isolate-node-${id}`,
        run: () => actions.isolate(id),
      },
      {
        id: 'heal',
        label: text.heal,
        name: text.healNode(id),
        icon: Cable,
        keys: ['x h'],
        disabled: cutCount === 0,
        testId: `menu-heal-node-${id}`,
        run: () => actions.healNode(id),
      },
    ];
  }

  function officeOf({ id }: NodeView): NodeAct {
    const configuration = cluster.configuration?.configuration;
    const canLead = memberKindOf(configuration, id) === 'voter' && cluster.leader !== undefined;
    return {
      id: 'transfer',
      label: text.transfer,
      name: text.transferTo(id),
      icon: Crown,
      startsGroup: true,
      keys: ['x l'],
      disabled: !canLead || cluster.leader?.id === id,
      testId: `menu-transfer-node-${id}`,
      run: () => void connection.run({ type: 'transfer-leadership', to: id }),
    };
  }

  function wipeOf({ id }: NodeView): NodeAct {
    return {
      id: 'wipe',
      label: text.wipe,
      name: text.wipeNode(id),
      icon: Trash2,
      tone: 'danger',
      testId: `menu-wipe-node-${id}`,
      run: () => dialogs.ask({ kind: 'wipe', node: id }),
    };
  }

  return (node) => [
    ...(isDown(node) ? [restartOf(node)] : endsOf(node)),
    wipeOf(node),
    ...machine(node),
    ...linksOf(node),
    officeOf(node),
    members(node),
  ];
}
