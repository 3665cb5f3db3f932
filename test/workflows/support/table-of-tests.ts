import { type ConnectionCheck, type ConnectionTestReport } from '../../../src/domain/connection-test.js';

/** One misconfiguration, and what the test said to it. */
export interface TestedCase {
  name: string;
  report: ConnectionTestReport;
}

const titles: Record<ConnectionCheck, string> = {
  'domain-prefix': 'Domain prefix',
  'customer-instance': 'Customer instance',
  'superoffice-reachable': 'SuperOffice reachable',
  'script-answers': 'Script answers',
  'key-accepted': 'Key accepted',
  'script-up-to-date': 'Script up to date',
};

/** The page of the documentation that lists what a test says to each misconfiguration. */
export function tableOfTests(cases: readonly TestedCase[]): string {
  const rows = cases.map(({ name, report }) => {
    const failed = report.checks.find(({ result }) => result === 'failed');
    const notes = report.checks.flatMap(({ note }) => (note === undefined ? [] : [note]));
    return failed
      ? `| ${name} | ${titles[failed.check]} | ${failed.cause ?? ''} | ${failed.remedy ?? ''} |`
      : `| ${name} | (passed) | ${notes.join(' ')} | |`;
  });
  return [
    '# What Test Integration says',
    '',
    'Each misconfiguration that the sandbox can make, and what `POST …/connections/superoffice/test` answered to it:',
    `the check that failed (of ${Object.values(titles).join(' · ')}), its cause and its remedy.`,
    'Checks before it are passed, checks behind it not reached. From outside, a wrong key, a wrong include name and',
    'a blocked verb may look alike: SuperOffice answers each with a page.',
    '',
    'Written by a run of `test/workflows/test-connection.test.ts`, which compares it, and renews it when run with `-u`.',
    '',
    '| What is wrong | Failed check | Cause | Remedy |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
