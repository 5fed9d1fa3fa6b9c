/** Text of the guided tour. */
export const text = {
  name: 'Guided tour',
  place: (step: number, of: number): string => `${step} of ${of}`,
  next: 'Next',
  back: 'Back',
  done: 'Done',
  skip: 'Skip the tour',

  stageTitle: 'A cluster of your own',
  stageText:
    'These nodes are real: threads with UDP sockets and logs on this machine’s disk. The one with the crown leads. The ring around each of the others is its election timer: every heartbeat of the leader fills it again.',
  stageSimulated:
    'These nodes run the real code on a simulated network. The one with the crown leads. The ring around each of the others is its election timer: every heartbeat of the leader fills it again.',

  crashTitle: 'Take the leader away',
  crashText:
    'Without heartbeats the timers run out, and the first whose timer does asks the others for their votes. Crash the leader by its menu on the stage, or here.',
  crash: (id: number): string => `Crash node ${id}`,
  noLeader: 'Nobody leads now. The timers run out …',
  elected: (id: number, term: number): string =>
    `Node ${id} won the election of term ${term}. The others know by its heartbeats.`,
  restart: (id: number): string => `Start node ${id} again`,

  appendTitle: 'Append an entry',
  appendText:
    'A client may ask any node. The leader writes the entry, sends it to the others, and answers when a majority has it on disk: then it is committed and can’t be lost.',
  append: (payload: string): string => `Append “${payload}”`,
  payload: 'hello',
  appended: (index: number, term: number): string => `Committed at index ${index} in term ${term}.`,

  logsTitle: 'Everything is told',
  logsText:
    'Each vote, datagram and write is a line, with the section of the Raft paper where a rule decided. Filter by text or level; a click on a line selects its node everywhere.',

  timelineTitle: 'Time can be turned back',
  timelineText:
    'The whole run is kept. Go to any moment, step from event to event, and come back to the present: the cluster runs on meanwhile.',

  keysTitle: 'That is all you need',
  keysText:
    'Ctrl+Shift+P (on a Mac Cmd) lists everything that can be done, ? every shortcut, and h heals everything that you broke. This menu has them, and this tour.',
} as const;
