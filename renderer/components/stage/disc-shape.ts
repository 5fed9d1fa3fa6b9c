/** What fits into a node's disc: sign above, number, word below; a smaller disc leaves out more. Pixels from the middle. */

export interface DiscShape {
  /** No room for the word: the sign and the number say it, and the card beside the ring. */
  readonly tiny: boolean;
  readonly signSize: number;
  readonly signTop: number;
  /** Base lines. */
  readonly numberY: number;
  readonly wordY: number;
  readonly votesY: number;
  readonly numberSize: number;
  readonly wordSize: number;
}

export function discShape(radius: number): DiscShape {
  if (radius < 26) {
    return {
      tiny: true,
      signSize: 12,
      signTop: 2 - radius,
      numberY: radius - 5,
      wordY: 0,
      votesY: 0,
      numberSize: 13,
      wordSize: 0,
    };
  }
  return radius < 36
    ? {
        tiny: false,
        signSize: 14,
        signTop: 5 - radius,
        numberY: 6,
        wordY: 18,
        votesY: 15,
        numberSize: 16,
        wordSize: 10,
      }
    : {
        tiny: false,
        signSize: 18,
        signTop: 8 - radius,
        numberY: 9,
        wordY: 25,
        votesY: 22,
        numberSize: 20,
        wordSize: 11,
      };
}
