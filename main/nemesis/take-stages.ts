/** Takes the steps of an episode: each stage at once, one stage after the other. */
import type { LabPort } from '../lab-port.ts';
import type { Failure } from '../../shared/result.ts';
import type { Stage, Step } from './episode.ts';

/** Who insists asks again after this. */
const againMs = 250;
/** Two minutes: whatever else goes on is over by then. */
const triesMax = 480;

export interface TakenStages {
  /** Of the steps that were not done; none when all were. */
  readonly failures: readonly { readonly step: Step; readonly failure: Failure }[];
}

/** @param inOrderOnly a stage of which a step failed is the last one */
export function takeStages(
  port: LabPort,
  stages: readonly Stage[],
  inOrderOnly: boolean,
  done: (taken: TakenStages) => void,
): void {
  const failures: { readonly step: Step; readonly failure: Failure }[] = [];
  const takeFrom = (at: number): void => {
    const stage = stages[at];
    if (!stage || (inOrderOnly && failures.length > 0)) return done({ failures });
    let open = stage.length;
    for (const step of stage) {
      takeStep(port, step, 1, (failure) => {
        if (failure) failures.push({ step, failure });
        open -= 1;
        if (open === 0) takeFrom(at + 1);
      });
    }
  };
  takeFrom(0);
}

function takeStep(port: LabPort, step: Step, tries: number, done: (failure: Failure | undefined) => void): void {
  port.execute(step.command, (result) => {
    if (result.ok) return done(undefined);
    const { failure } = result;
    if (!step.insists) return done(failure);
    if (isSettled(failure)) return done(undefined);
    if (tries === triesMax) return done(failure);
    port.after(againMs, () => takeStep(port, step, tries + 1, done));
  });
}

/** What was asked for is so already: the server runs, the membership is the one that was asked for. */
function isSettled({ code, message }: Failure): boolean {
  return code === 'invalid' || /nothing is to be changed/i.test(message);
}
