/**
 * Runs `work` behind what has arrived already, and without the delay that browsers give to nested timers. For workers, which
 * have no animation frames.
 */
export function makeSoon(): (work: () => void) => void {
  const turns = new MessageChannel();
  const waiting: (() => void)[] = [];
  turns.port1.addEventListener('message', () => waiting.shift()?.());
  turns.port1.start();
  return (work) => {
    waiting.push(work);
    turns.port2.postMessage(null);
  };
}
