/** Text about the line to the lab. */
import type { CommandType } from '../../shared/command.ts';

const commands: Record<CommandType, string> = {
  'start-cluster': 'The cluster did not start',
  'stop-cluster': 'The cluster did not stop',
  'start-node': 'The node did not start',
  'stop-node': 'The node did not stop',
  'crash-node': 'The node was not crashed',
  'cut-link': 'The link was not cut',
  'heal-link': 'The link was not healed',
  'heal-all': 'Not everything was healed',
  append: 'Nothing was appended',
  'index-range': 'The range was not read',
  'change-membership': 'The membership was not changed',
  'transfer-leadership': 'The office was not handed over',
  'set-retention': 'The retention was not changed',
  'set-rules': 'The rules were not changed',
  partition: 'The network was not parted',
  'set-fault': 'The fault was not set',
  'clear-fault': 'The fault was not cleared',
  'pause-node': 'The node was not paused',
  'resume-node': 'The node was not resumed',
  'cut-power': 'The power was not cut',
  'wipe-node': 'The node was not wiped',
  'set-disk': 'The disk was not changed',
  'set-clock-rate': 'The clock was not changed',
  'jump-clock': 'The clock did not jump',
  'start-workload': 'The workload did not start',
  'stop-workload': 'The workload did not stop',
  judge: 'The checks gave no report',
  'run-scenario': 'The scenario did not start',
  'stop-scenario': 'The scenario did not stop',
  'save-scenario': 'The scenario was not saved',
  'set-pace': 'The speed of time was not changed',
  'step-world': 'Nothing was stepped',
  'find-seed': 'No seed was found',
  'stop-search': 'The search was not ended',
  'open-session': 'The session was not opened',
  'import-session': 'The file was not taken in',
  'delete-sessions': 'Nothing was deleted',
  'export-session': 'Nothing was exported',
  'cancel-export': 'The export was not ended',
};

export const text = {
  notConnected: 'The page is not connected to the lab. It connects again by itself; then repeat the command.',
  lineLost:
    'The line to the lab was lost before the answer came; whether the command took effect is shown by the stage once the line is back.',
  refused: (command: CommandType): string => commands[command],
  connecting: 'Connecting',
  connectingTitle: 'Connecting to the lab',
  connectingText: 'The lab runs the nodes; this page shows them.',
  live: 'Live',
  lost: 'Disconnected',
  lostTitle: 'The line to the lab is lost',
  lostText:
    'The picture stands still: what you see is the last that arrived. Is the lab still running where you started it? The page tries again by itself.',
  lostBanner: (seconds: number): string =>
    seconds > 0
      ? `The line to the lab is lost: this is the last that arrived. Next try in ${seconds} s.`
      : 'The line to the lab is lost: this is the last that arrived. Trying again.',
  retry: 'Try now',
  refusedTitle: 'The lab refused this page',
  refusedShort: 'Refused',
  noToken:
    'The address has no token. Open the address that the lab printed when it started: it ends in # and a long word.',
  wrongToken:
    'This page is left over from an earlier run of the lab. Open the address that the lab printed when it started last.',
  tooManyPages: 'The lab already serves as many pages as it can. Close one of them.',
  labEnded: 'The lab has ended.',
  silent: 'The lab took the call but did not answer.',
  otherProtocol: (lab: number, page: number): string =>
    `The lab speaks protocol ${lab}, this page ${page}. Reload the page; if that does not help, restart the lab.`,
  unreadable: 'The lab sent a frame that this page cannot read.',
};
