/** Text of the details and of answers to "why?". */
export const text = {
  title: 'Details',
  restsOn: 'The events that this rests on',
  notHeldTitle: 'This event is not held any more',
  notHeld: (words: string): string =>
    `${words.charAt(0).toUpperCase()}${words.slice(1)}: the lab keeps the latest events only.`,
};
