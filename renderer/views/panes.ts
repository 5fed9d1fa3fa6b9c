/**
 * Every pane by its id: its icon and its component. One without a component is not there yet: it has no tab and stands in no
 * menu. Large ones, and those that few want, are fetched when they are shown (`bigPane`).
 */
import {
  ChartGantt,
  ChartLine,
  Clapperboard,
  Grid3x3,
  Network,
  ScanSearch,
  Scale,
  ScrollText,
  Server,
  ShieldCheck,
  SquareTerminal,
  TriangleAlert,
  Users,
} from '@lucide/vue';
import type { Component } from 'vue';
import ClientPanel from '../components/client-panel/client-panel.vue';
import LogsPane from '../components/logs/logs-pane.vue';
import MatrixPane from '../components/matrix/matrix-pane.vue';
import NodesPane from '../components/stage/nodes-pane.vue';
import StagePane from '../components/stage/stage-pane.vue';
import { paneIds, type PaneId } from '../stores/workspace.ts';
import { bigPane } from './big-pane.ts';

export interface PaneLook {
  readonly icon: Component;
  readonly component?: Component;
  /** It asks things of the lab, and can be of no use without a line to it. What only reads stays usable. */
  readonly asks?: true;
}

export const panes: Readonly<Record<PaneId, PaneLook>> = {
  stage: { icon: Network, component: StagePane },
  diagram: { icon: ChartGantt, component: bigPane(() => import('../components/diagram/diagram-pane.vue')) },
  nodes: { icon: Server, component: NodesPane, asks: true },
  members: { icon: Users, component: bigPane(() => import('../components/members/members-pane.vue')), asks: true },
  rules: { icon: Scale, component: bigPane(() => import('../components/members/rules-pane.vue')), asks: true },
  faults: { icon: TriangleAlert, component: bigPane(() => import('../components/faults/faults-pane.vue')), asks: true },
  logs: { icon: ScrollText, component: LogsPane },
  matrix: { icon: Grid3x3, component: MatrixPane },
  charts: { icon: ChartLine, component: bigPane(() => import('../components/charts/charts-pane.vue')) },
  client: { icon: SquareTerminal, component: ClientPanel, asks: true },
  scenarios: {
    icon: Clapperboard,
    component: bigPane(() => import('../components/scenarios/scenarios-pane.vue')),
    asks: true,
  },
  checks: { icon: ShieldCheck, component: bigPane(() => import('../components/checks/checks-pane.vue')), asks: true },
  details: { icon: ScanSearch, component: bigPane(() => import('../components/details/details-pane.vue')) },
};

/** Those that there are, in the order in which they are listed. */
export const shownPaneIds: readonly PaneId[] = paneIds.filter((id) => panes[id].component !== undefined);
