/** Which directions of a link between two nodes are cut: none, both, or one (forth is from the smaller id to the larger). */
export type CutState = 'none' | 'both' | 'forth' | 'back';

export function cutState(forthCut: boolean, backCut: boolean): CutState {
  if (forthCut && backCut) return 'both';
  if (forthCut) return 'forth';
  return backCut ? 'back' : 'none';
}
