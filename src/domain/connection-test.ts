import { type Diagnosis, diagnosisOf, type PermanentTrouble, type TransientTrouble } from './diagnosis.js';
import { isAtLeast, MINIMUM_SCRIPT_VERSION } from './script-version.js';
import { testDiagnoses } from './test-diagnosis.js';

/** What a test of a connection checks, in this order: each rests on those before it. */
export const connectionChecks = [
  'domain-prefix',
  'customer-instance',
  'superoffice-reachable',
  'script-answers',
  'key-accepted',
  'script-up-to-date',
] as const;
export type ConnectionCheck = (typeof connectionChecks)[number];

export const checkResults = ['ok', 'failed', 'not-reached'] as const;

/** One line of a test's answer. */
export interface CheckResult extends Partial<Diagnosis> {
  check: ConnectionCheck;
  result: (typeof checkResults)[number];
  /** What went wrong, for programs. */
  code?: string;
  /** What is worth knowing though nothing is wrong. */
  note?: string;
  /** Prefix of the host where SuperOffice has the customer, if that is another than was entered. */
  livesAt?: string;
}

/** How far a running test has come: the checks that are passed so far. */
export interface TestProgress {
  passed: ConnectionCheck[];
}

/** What a test of a connection found. */
export interface ConnectionTestReport {
  passed: boolean;
  checks: CheckResult[];
  /** How long SuperOffice took for the call; absent where none was made. In milliseconds. */
  latencyMs?: number;
  scriptVersion?: string;
}

/** What one test call brought to light. */
export interface ConnectionTestOutcome {
  domainPrefix: string;
  /** Prefix of the host where SuperOffice says that the customer lives; absent while it can't tell. */
  livesAt?: string;
  /** What went wrong; absent: the receiver script answered and echoed the test. */
  trouble?: TransientTrouble | PermanentTrouble;
  /** Whether the script took the test for one, instead of filing it. */
  knowsTests?: boolean;
  scriptVersion?: string;
  latencyMs?: number;
}

/** Troubles that only a test has. */
export type TestTrouble = 'script-ignores-tests' | 'script-outdated';

/** The check that a trouble fails: the first one that it leaves open. */
const failedCheckOf: Record<TransientTrouble | PermanentTrouble | TestTrouble, ConnectionCheck> = {
  'host-refused': 'domain-prefix',
  'tenant-unknown': 'customer-instance',
  'tenant-deleted': 'customer-instance',
  'tenant-suspended': 'customer-instance',
  maintenance: 'superoffice-reachable',
  network: 'superoffice-reachable',
  timeout: 'superoffice-reachable',
  'host-moved': 'superoffice-reachable',
  'server-error': 'superoffice-reachable',
  redirected: 'superoffice-reachable',
  'worker-lost': 'superoffice-reachable',
  'waiting-turn': 'superoffice-reachable',
  paused: 'superoffice-reachable',
  'retry-window-over': 'superoffice-reachable',
  throttled: 'script-answers',
  busy: 'script-answers',
  'answer-broken': 'script-answers',
  'script-failed': 'script-answers',
  'script-not-reached': 'script-answers',
  'script-source': 'script-answers',
  'wrong-script': 'script-answers',
  'not-found': 'script-answers',
  'verb-blocked': 'script-answers',
  'unexpected-status': 'script-answers',
  unauthorized: 'key-accepted',
  'signature-refused': 'key-accepted',
  'token-unreadable': 'key-accepted',
  'payload-refused': 'script-up-to-date',
  'script-refused': 'script-up-to-date',
  'script-ignores-tests': 'script-up-to-date',
  'script-outdated': 'script-up-to-date',
};

/** The list of checks that an admin sees, from what the call brought to light. */
export function reportOf(outcome: ConnectionTestOutcome): ConnectionTestReport {
  const { latencyMs, scriptVersion } = outcome;
  const trouble = outcome.trouble ?? testTroubleOf(outcome);
  const failed = trouble === undefined ? connectionChecks.length : checksBefore(trouble);
  return {
    passed: trouble === undefined,
    checks: connectionChecks.map((check, index): CheckResult => {
      if (index === failed && trouble !== undefined)
        return { check, result: 'failed', code: trouble, ...wordsOf(trouble) };
      if (index > failed || !isKnown(check, outcome)) return { check, result: 'not-reached' };
      return { check, result: 'ok', ...noteOf(check, outcome) };
    }),
    ...(latencyMs !== undefined && { latencyMs }),
    ...(scriptVersion !== undefined && { scriptVersion }),
  };
}

function testTroubleOf({ knowsTests, scriptVersion }: ConnectionTestOutcome): TestTrouble | undefined {
  if (!knowsTests) return 'script-ignores-tests';
  if (scriptVersion === undefined || !isAtLeast(scriptVersion, MINIMUM_SCRIPT_VERSION))
    return 'script-outdated';
  return undefined;
}

function checksBefore(trouble: keyof typeof failedCheckOf): number {
  return connectionChecks.indexOf(failedCheckOf[trouble]);
}

/** A check before the one that failed is passed, unless the call ended too early to tell. */
function isKnown(check: ConnectionCheck, { trouble, livesAt }: ConnectionTestOutcome): boolean {
  if (trouble === undefined) return true;
  const isBeforeTheCall = check === 'domain-prefix' || check === 'customer-instance';
  if (trouble === 'token-unreadable') return isBeforeTheCall && livesAt !== undefined;
  const reachedNobody = failedCheckOf[trouble] === 'superoffice-reachable' && trouble !== 'maintenance';
  return !(isBeforeTheCall && reachedNobody && livesAt === undefined);
}

/** The words of a test where it has its own, else those of a delivery. */
function wordsOf(trouble: keyof typeof failedCheckOf): Diagnosis {
  const words: Partial<Record<string, Diagnosis>> = testDiagnoses;
  return words[trouble] ?? diagnosisOf(trouble);
}

function noteOf(
  check: ConnectionCheck,
  { domainPrefix, livesAt }: ConnectionTestOutcome,
): Pick<CheckResult, 'note' | 'livesAt'> {
  if (check !== 'domain-prefix' || livesAt === undefined || livesAt === domainPrefix) return {};
  return {
    livesAt,
    note: `SuperOffice has this customer at "${livesAt}", not at "${domainPrefix}"; it is found there all the same.`,
  };
}
