/** What a node is made in the configuration: a voter, a learner, or nothing. The leader decides, and says why if it refuses. */
import { Users } from '@lucide/vue';
import type { NodeView } from '../../shared/projection/node-view.ts';
import { draftOf, idsWith, withPart, type Part } from '../components/members/membership-draft.ts';
import { useClusterStore } from '../stores/cluster.ts';
import { useConnectionStore } from '../stores/connection.ts';
import { text } from '../text/faults.ts';
import type { NodeAct } from './node-act.ts';

const parts: readonly Part[] = ['voter', 'learner', 'none'];

export function useMemberActs(): (node: NodeView) => NodeAct {
  const cluster = useClusterStore();
  const connection = useConnectionStore();

  return ({ id }) => {
    const draft = draftOf(
      cluster.nodes.map((node) => node.id),
      cluster.configuration?.configuration,
    );
    function become(part: Part): void {
      const next = withPart(draft, id, part, true);
      const voters = idsWith(next, 'voter');
      void connection.run({ type: 'change-membership', voters, learners: idsWith(next, 'learner') });
    }
    return {
      id: 'member',
      label: text.memberMenu,
      name: text.memberMenu,
      icon: Users,
      testId: `menu-member-node-${id}`,
      acts: parts.map((part) => ({
        id: `member-${part}`,
        label: text.member(part),
        name: text.memberNamed(id, part),
        disabled: draft[id] === part || idsWith(withPart(draft, id, part, true), 'voter').length === 0,
        testId: `menu-member-${part}-node-${id}`,
        run: () => become(part),
      })),
    };
  };
}
