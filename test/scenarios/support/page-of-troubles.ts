import { readFileSync } from 'node:fs';
import {
  diagnosisOf,
  isTenantTrouble,
  type PermanentTrouble,
  permanentTroubles,
} from '../../../src/domain/diagnosis.js';

/** What SuperOffice answered, and what became of the delivery that met it. */
export interface MetAnswer {
  /** In words for the page. */
  answer: string;
  /** Calls to SuperOffice until then. */
  calls: number;
  /** Of the first call: a receipt's result, or a code of `domain/diagnosis.ts`. */
  code: string;
  outcome: 'passes' | 'parks';
}

/** Where the other courses are told, a test each, and the words above them. */
const courses = {
  'tenant-state': 'SuperOffice is moved, or under maintenance',
  'connection-life': 'The connection is in trouble, paused, or replaced',
  submissions: 'The same summary comes again, in another revision, or forged',
  burst: 'Many summaries come at once',
  crash: 'Processes die',
  disconnect: 'A customer disconnects',
  'dci-webhook': 'The link to the recording is not there yet',
  events: 'Nobody takes the operational events',
} as const;

/** The page of the documentation that lists what can go wrong, and what one then sees. */
export function pageOfTroubles(met: readonly MetAnswer[]): string {
  const passing = met
    .filter(({ outcome }) => outcome === 'passes')
    .map(
      ({ answer, code, calls }) =>
        `| ${answer} | ${calls === 1 ? 'nothing: it is filed' : diagnosisOf(code).cause} | ${calls} |`,
    );
  const parking = met
    .filter(({ outcome }) => outcome === 'parks')
    .map(({ answer, code }) => {
      const { cause, remedy } = diagnosisOf(code);
      return `| ${answer} | \`${code}\` | ${cause} | ${remedy} | ${holdsOthers(code) ? 'wait with it' : 'go on'} |`;
    });
  return [
    '# What can go wrong, and what you will see',
    '',
    'Everything on this page was made to happen, by the scenarios in `test/scenarios`, on a real Temporal server, on both',
    'databases, against the stand-in for SuperOffice. A run of `answers.test.ts` writes the tables and compares them;',
    '`npx vitest run test/scenarios/answers.test.ts -u` renews the page. In each case the summary was filed once in the end.',
    '',
    '## What passes by itself',
    '',
    'The delivery is `delivering`, its last failure says what it met, and it is tried again, later each time, for 72 hours.',
    'The table has each answer given once; given more often, there are more calls.',
    '',
    '| SuperOffice answers | Meanwhile the delivery says | Delivered by call |',
    '|---|---|---|',
    ...passing,
    '',
    '## What needs a person',
    '',
    'The delivery is `parked`, with cause and remedy, in the API, in the settings page and in the Temporal UI. After the mend',
    'it is retried, by a reconnect, a test that passes, or by hand ([how](operators.md)). Where the trouble',
    'lies in the connection, the other deliveries of the customer wait with it, without a call.',
    '',
    '| SuperOffice answers | Code | Cause | Remedy | The others |',
    '|---|---|---|---|---|',
    ...parking,
    '',
    'What Test Integration says to each is in [test-integration.md](test-integration.md).',
    ...Object.entries(courses).flatMap(([file, heading]) => [
      '',
      `## ${heading}`,
      '',
      ...titlesOf(file).map((title) => `- ${title.charAt(0).toUpperCase()}${title.slice(1)}.`),
    ]),
    '',
  ].join('\n');
}

function holdsOthers(code: string): boolean {
  return Object.hasOwn(permanentTroubles, code) && isTenantTrouble(code as PermanentTrouble);
}

/** The names of a file's tests, which are sentences about behaviour. */
function titlesOf(file: string): string[] {
  const source = readFileSync(new URL(`../${file}.test.ts`, import.meta.url), 'utf8');
  return [...source.matchAll(/\btest\(\s*(['"])(.+?)\1,/g)].map(([, , title = '']) => title);
}
