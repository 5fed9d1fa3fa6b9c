/** Text of the pane of scenarios. */
import type { ScenarioOutcome } from '../../shared/scenario-event.ts';
import type { ScenarioFace } from '../stores/scenario.ts';
import type { GroupId } from '../components/scenarios/library.ts';

const outcomes: Record<ScenarioOutcome, string> = { met: 'Met', failed: 'Failed', 'not-judged': 'Not judged' };
const faces: Record<ScenarioFace, string> = { library: 'Library', editor: 'Editor', run: 'Run' };
const groups: Record<GroupId, string> = {
  elections: 'Elections',
  network: 'Network',
  log: 'Log',
  reads: 'Reads and clocks',
  machines: 'Machines and disks',
  members: 'Members',
  more: 'More',
};

export const text = {
  title: 'Scenarios',
  faces: 'What is shown',
  face: (face: ScenarioFace): string => faces[face],
  group: (id: GroupId): string => groups[id],
  back: 'All scenarios',
  teaches: 'What it shows',
  watch: 'What to watch',
  expected: 'What is expected',
  sections: (sections: readonly string[]): string =>
    sections.map((section) => (section.startsWith('D') ? `D§${section.slice(1)}` : `§${section}`)).join(', '),
  variants: (count: number): string => `${count} variants`,
  variant: 'Variant',
  world: 'World',
  worlds: { real: 'Real', simulated: 'Simulated' },
  seed: 'Seed',
  seedHint: 'any',
  run: 'Run',
  runAgain: 'Run again',
  runNote: 'It takes the place of the cluster that runs.',
  openInEditor: 'Open in the editor',
  stop: 'Stop',

  nothingRuns: 'No scenario has run yet',
  nothingRunsText: 'Choose one of the library, or write your own.',
  toLibrary: 'To the library',
  isRunning: 'Running',
  stepOf: (done: number, all: number): string => `Step ${done} of ${all}`,
  steps: 'Steps',
  expectations: 'Expectations',
  noneJudged: 'Nothing is judged yet.',
  more: (count: number): string => `${count} more to come`,
  showMoment: (step: number): string => `Show the moment of step ${step}`,
  showJudgement: (expectation: string): string => `Show the moment at which “${expectation}” was judged`,
  outcome: (outcome: ScenarioOutcome): string => outcomes[outcome],
  ended: (outcome: ScenarioOutcome, reason: string): string =>
    reason === '' ? `${outcomes[outcome]}.` : `${outcomes[outcome]}: ${reason}`,
  took: (length: string): string => `took ${length}`,

  editor: 'Scenario, as YAML',
  editorHint: 'title: My scenario\nsteps:\n  - when: leader elected\n    append: [hello]\n',
  openFile: 'Open a file …',
  copy: 'Copy',
  copied: 'Copied',
  download: 'Download',
  clear: 'Clear',
  fileTooBig: (bytes: number): string => `The file is larger than ${bytes.toLocaleString('en')} characters.`,
  problems: 'What is wrong',
  problemAt: (line: number, column: number): string => `Line ${line}, column ${column}`,
  saveTitle: 'What I did',
  save: 'Save what I did',
  saveName: 'Title',
  saveHint: 'What was done by hand since the cluster was started, as a scenario.',
  actionShow: 'Run a scenario',
  actionSave: 'Save what I did as a scenario',
  actionStop: 'Stop the scenario',
  actionGroup: 'Scenarios',
};
