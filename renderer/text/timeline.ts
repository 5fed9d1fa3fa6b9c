/** Text of the timeline, and of what says that another moment than the present is shown. */
export const text = {
  actsOff: 'You see the past, where nothing can be changed. Go back to the present first (L).',
};
