/** Finds the door that this page stands at, and connects. The only place that knows there is more than one. */
import { createLabClient, type LabClient } from './lab-client.ts';
import { browserTime } from './page-time.ts';
import { portDoor } from './port-channel.ts';
import { socketDoor } from './socket-channel.ts';

/** Call it once, before the document has loaded: the desktop's port arrives right after. */
export function connectLab(page: Window = window): LabClient {
  const openDoor = page.raftLabDesktop ? portDoor(page.raftLabDesktop, page) : socketDoor(page.location);
  return createLabClient(openDoor, browserTime);
}
