/**
 * The browser door, run from a command line until someone stops it.
 */
import { pageFolder } from '../built-files.ts';
import { startLabThread } from '../lab-thread.ts';
import { openWebDoor, WebDoorError, type WebDoor } from '../web/web-door.ts';
import { openBrowser } from './browser.ts';
import type { ServeOptions } from './command-line.ts';
import { onStopSignal } from './stop-signal.ts';

/** Serves until a signal comes or the lab ends by itself. @returns the exit code. */
export async function serve(options: ServeOptions, environment: NodeJS.ProcessEnv): Promise<number> {
  let door: WebDoor;
  try {
    // Before the lab: a port that can't be had must not start a cluster.
    door = await openWebDoor({ port: options.port, pageFolder: pageFolder(), connect: () => lab.connect() });
  } catch (error) {
    if (!(error instanceof WebDoorError)) throw error;
    console.error(`raft-lab: ${error.message}`);
    return 1;
  }
  let end: (exitCode: number) => void = () => {};
  const ended = new Promise<number>((resolve) => {
    end = resolve;
  });
  onStopSignal(() => end(0));
  const lab = startLabThread({
    options: options.lab,
    onNotice: (text) => console.log(text),
    onFailure: (reason) => {
      console.error(`raft-lab: the lab has ended by itself: ${reason}`);
      end(1);
    },
  });
  const endedEarly = await Promise.race([ended, lab.ready]);
  if (endedEarly === undefined) void announce(door.url, options.open, environment);
  const exitCode = await ended;
  await Promise.all([lab.stop(), door.close()]);
  return exitCode;
}

async function announce(url: string, open: boolean, environment: NodeJS.ProcessEnv): Promise<void> {
  console.log(`Raft Lab is at ${url}`);
  if (open) await openBrowser(url, environment, (line) => console.log(line));
}
