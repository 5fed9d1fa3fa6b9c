/** Puts the stores on the stream. Each is a fold of its own; none reads another one's state to fold. */
import type { LogPort } from '../log-worker/log-messages.ts';
import type { LabClient } from '../lab-client/lab-client.ts';
import { useChecksStore } from './checks.ts';
import { useClientPanelStore } from './client-panel.ts';
import { useClusterStore } from './cluster.ts';
import { useConnectionStore } from './connection.ts';
import { useDiagramStore } from './diagram.ts';
import { useFaultActsStore } from './fault-acts.ts';
import { useLogsStore } from './logs.ts';
import { usePlayheadStore } from './playhead.ts';
import { useRequestsStore } from './requests.ts';
import { useTimelineStore } from './timeline.ts';
import { useScenarioStore } from './scenario.ts';
import { useWorkloadStore } from './workload.ts';

/** Called once, after Pinia is installed. `log`: who keeps the log lines. */
export function wireStores(client: LabClient, log: LogPort): void {
  client.subscribe(useClusterStore());
  client.subscribe(useFaultActsStore());
  // Behind the cluster: where the present is shown, it is the cluster's.
  client.subscribe(usePlayheadStore());
  const logs = useLogsStore();
  logs.attach(log);
  client.handOn(logs.frames);
  client.subscribe(useTimelineStore());
  client.subscribe(useRequestsStore());
  client.subscribe(useWorkloadStore());
  client.subscribe(useDiagramStore());
  client.subscribe(useScenarioStore());
  client.subscribe(useChecksStore());
  useClientPanelStore().offer();
  useConnectionStore().attach(client);
}
