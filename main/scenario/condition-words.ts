/** Conditions in one readable line, `node 2 is leader`, as the object form that condition-schema.ts checks. */

type Groups = readonly (string | undefined)[];

const list = (text: string | undefined): string[] | undefined =>
  text
    ?.replaceAll(/[[\]]/g, '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

/** Without what is not there. */
function given(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

const filters = '(?: in a term above (\\d+))?(?: among (.+?))?(?: other than (.+))?';

const comparison = '(?: (?:is|are))? ?((?:>=|≥|<=|≤|>|<|=|at least|at most|above|more than|below|less than)? ?.+?)';

function leader(kind: 'elected' | 'new', [, above, among, other]: Groups): object {
  return given({ leader: kind, 'in-term-above': number(above), among: list(among), 'other-than': list(other) });
}

/** The first form that fits counts. */
const forms: readonly (readonly [pattern: RegExp, read: (groups: Groups) => object])[] = [
  [/^not (.+)$/, ([, condition]) => ({ not: condition })],
  [new RegExp(`^leader elected${filters}$`), (groups) => leader('elected', groups)],
  [new RegExp(`^(?:a )?new leader(?: elected)?${filters}$`), (groups) => leader('new', groups)],
  [/^no leader$/, () => ({ leader: 'none' })],
  [/^two leaders$/, () => ({ leaders: 2 })],
  [/^logs equal(?: at (.+))?$/, ([, at]) => given({ logs: 'equal', at: list(at) })],
  [
    new RegExp(`^commit index${comparison}(?: at (.+))?$`),
    ([, index, at]) => given({ 'commit-index': index?.trim(), at: at === 'all' || at === 'majority' ? at : list(at) }),
  ],
  [new RegExp(`^term${comparison}(?: at (.+))?$`), ([, term, at]) => given({ term: term?.trim(), at: list(at) })],
  [/^request (.+?) (?:is )?(answered|pending)$/, ([, request, is]) => ({ request, is })],
  [
    /^request (.+?) (?:has )?failed(?: with ([a-z-]+))?$/,
    ([, request, code]) => given({ request, is: 'failed', code }),
  ],
  [
    /^(?:request (.+?) (?:has an )?unknown outcome|outcome of (.+) unknown)$/,
    ([, request, other]) => ({ request: request ?? other, is: 'unknown' }),
  ],
  [/^entries of (.+?) (?:are )?(committed|lost)$/, ([, name, are]) => ({ 'entries-of': name, are })],
  [
    /^(?:read )?(.+?) (shows|contains|lacks) (?:\[(.*)\]|nothing)$/,
    ([, read = '', what = '', texts]) => ({ read, [what]: list(texts ?? '') }),
  ],
  [/^violation(?: of (.+))?$/, ([, promise = 'any']) => ({ violation: promise })],
  [/^evidence lost(?: for (.+))?$/, ([, promise = 'any']) => ({ 'evidence-lost': promise })],
  [/^rule ([a-z-]+) (?:is |was )?waived$/, ([, rule]) => ({ 'rule-waived': rule })],
  [new RegExp(`^elections${comparison}$`), ([, elections]) => ({ elections: elections?.trim() })],
  [/^(?:an )?election$/, () => ({ elections: 1 })],
  [/^(?:the )?leader changes$/, () => ({ 'leader-changes': 1 })],
  [new RegExp(`^leader changes${comparison}$`), ([, changes]) => ({ 'leader-changes': changes?.trim() })],
  [/^snapshot installed(?: at (.+))?$/, ([, at = 'all']) => ({ 'snapshot-installed': at })],
  [/^(voters|learners) are (.+)$/, ([, kind = '', servers]) => ({ [kind]: list(servers) })],
  [/^learner (.+) promoted$/, ([, node]) => ({ node, is: 'a voter' })],
  [
    new RegExp(`^workload (answered|failed|unknown)${comparison}$`),
    ([, figure = '', amount]) => ({ [`workload-${figure}`]: amount?.trim() }),
  ],
  [
    new RegExp(`^longest time without an answer${comparison}$`),
    ([, amount]) => ({ 'longest-silence': amount?.trim() }),
  ],
  [
    /^(.+?) is (?:the )?(leader|follower|candidate|running|stopped|crashed|failed|down|paused|a voter|a learner|an outsider)$/,
    ([, node, is]) => ({ node, is }),
  ],
];

/** Undefined for words that are no condition. What the words speak of is not looked at. */
export function conditionFromWords(words: string): object | undefined {
  const text = words.trim().replaceAll(/\s+/g, ' ');
  for (const [pattern, read] of forms) {
    const match = pattern.exec(text);
    if (match) return read(match);
  }
  return undefined;
}

/** One of each form, for whoever wrote something that is none. */
export const conditionExamples = [
  'leader elected',
  'new leader',
  'no leader',
  'two leaders',
  'logs equal',
  'commit index 5 at all',
  'term 2',
  'request first answered',
  'request first failed',
  'request first pending',
  'request first unknown outcome',
  'entries of first committed',
  'entries of first lost',
  'read first shows [one, two]',
  'violation',
  'evidence lost',
  'rule pre-vote waived',
  'elections at most 2',
  'leader changes',
  'snapshot installed',
  'voters are 0, 1, 2',
  'learner 3 promoted',
  'workload answered > 100',
  'longest time without an answer < 2 s',
  'node 1 is leader',
];
