/** What can be done to the window and the cluster, as the palette and the shortcut sheet say it. */
export const text = {
  groups: { cluster: 'Cluster', nodes: 'Nodes', panes: 'Panes', window: 'Window', help: 'Help' },

  start: (what: string): string => `Start: ${what}`,
  startDialog: 'Start another cluster …',
  stop: 'Stop the cluster',
  healAll: 'Heal everything',
  allRulesOn: 'Switch all rules on',
  crashLeader: (id: number): string => `Crash the leader, node ${id}`,
  isolateLeader: (id: number): string => `Cut off the leader, node ${id}`,
  play: 'Let simulated time pass',
  hold: 'Hold simulated time',
  step: 'One event of simulated time',

  crash: (id: number): string => `Crash node ${id}`,
  stopNode: (id: number): string => `Stop node ${id}`,
  startNode: (id: number): string => `Start node ${id}`,
  pause: (id: number): string => `Pause node ${id}`,
  resume: (id: number): string => `Let node ${id} go on`,
  isolate: (id: number): string => `Cut off node ${id}`,
  select: (id: number): string => `Select node ${id}`,

  goTo: (title: string): string => `Go to ${title}`,
  hide: (title: string): string => `Hide ${title}`,
  maximise: 'Maximise the pane with the focus',
  resetPanes: 'Reset the arrangement of panes',

  theme: (name: string): string => `Theme: ${name.toLowerCase()}`,
  palette: 'All commands',
  shortcuts: 'Shortcuts',
  tour: 'Guided tour',

  placeholder: 'What shall be done?',
  recent: 'Recent',
  nothing: 'Nothing of that name can be done now.',
  paletteTitle: 'Commands',
  paletteHint: 'Arrow keys choose, Enter does it, Escape closes.',

  sheetTitle: 'Shortcuts',
  singleKeys: 'Shortcuts of a single key',
  singleKeysHint: 'Off, only those with Ctrl or Cmd are left.',
  byFocus: 'Where the focus is',
  byFocusLines: [
    ['Tab', 'from group to group; inside one, the arrow keys move'],
    ['ArrowLeft', 'on a bar between panes: moves it; Enter puts it back'],
    ['Enter', 'on a node or a link: opens its menu'],
    ['Shift+F10', 'on a tab: move, hide or maximise the pane'],
    ['F8', 'to the notices'],
    ['Escape', 'closes what is open'],
  ],
  print: 'Print',
} as const;
