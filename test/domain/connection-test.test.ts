import { describe, expect, test } from 'vitest';
import {
  connectionChecks,
  type ConnectionTestOutcome,
  reportOf,
  type TestTrouble,
} from '../../src/domain/connection-test.js';
import { permanentTroubles, transientTroubles } from '../../src/domain/diagnosis.js';

type Trouble = NonNullable<ConnectionTestOutcome['trouble']>;

const good: ConnectionTestOutcome = {
  domainPrefix: 'online2',
  livesAt: 'online2',
  knowsTests: true,
  scriptVersion: '1.0.0',
  latencyMs: 42,
};
const failing = (trouble: Trouble, changes: Partial<ConnectionTestOutcome> = {}) =>
  reportOf({ domainPrefix: 'online2', livesAt: 'online2', trouble, ...changes });
const resultsOf = (report: ReturnType<typeof reportOf>) =>
  Object.fromEntries(report.checks.map(({ check, result }) => [check, result]));

describe('the report of a test', () => {
  test('that passes lists every check as ok, in order, with latency and version', () => {
    expect(reportOf(good)).toEqual({
      passed: true,
      latencyMs: 42,
      scriptVersion: '1.0.0',
      checks: connectionChecks.map((check) => ({ check, result: 'ok' })),
    });
  });

  test('has neither latency nor version where no script answered', () => {
    const report = failing('network');
    expect(report).not.toHaveProperty('latencyMs');
    expect(report).not.toHaveProperty('scriptVersion');
  });

  test('notes nothing where SuperOffice does not say where the customer lives', () => {
    const { livesAt: _, ...unknown } = good;
    expect(reportOf(unknown).checks).toEqual(connectionChecks.map((check) => ({ check, result: 'ok' })));
  });

  test('says in a note where the customer lives, if the prefix says otherwise', () => {
    const { passed, checks } = reportOf({ ...good, livesAt: 'app' });
    expect(passed).toBe(true);
    expect(checks[0]).toMatchObject({ result: 'ok', note: expect.stringContaining('"app"') as string });
    expect(checks.slice(1).some(({ note }) => note)).toBe(false);
  });

  test.each([...Object.keys(transientTroubles), ...Object.keys(permanentTroubles)] as Trouble[])(
    'that fails with %s fails one check, with one sentence of cause and words of remedy, and reaches none behind',
    (trouble) => {
      const { passed, checks } = failing(trouble);
      expect(passed).toBe(false);
      const failed = checks.filter(({ result }) => result === 'failed');
      expect(failed).toEqual([
        {
          check: expect.any(String) as string,
          result: 'failed',
          code: trouble,
          cause: expect.stringMatching(/^[A-Z][^\n]{15,}\.$/) as string,
          remedy: expect.stringMatching(/^[A-Z][^\n]{6,}\.$/) as string,
        },
      ]);
      const behind = checks.slice(checks.findIndex(({ result }) => result === 'failed') + 1);
      expect(behind.every(({ result }) => result === 'not-reached')).toBe(true);
    },
  );

  test.each(Object.keys(transientTroubles) as Trouble[])(
    'does not promise that a test is tried again by itself (%s)',
    (trouble) => {
      const failed = failing(trouble).checks.find(({ result }) => result === 'failed');
      expect(failed?.remedy).not.toMatch(/^Nothing/);
    },
  );

  const outdated = 'The receiver script is older than this service needs.';
  test.each<[string, Partial<ConnectionTestOutcome>, TestTrouble, string]>([
    [
      'a script that takes the test for a summary',
      { knowsTests: false },
      'script-ignores-tests',
      'The receiver script took the test for a summary.',
    ],
    ['a script without a version', { scriptVersion: undefined as never }, 'script-outdated', outdated],
    ['an older script', { scriptVersion: '0.9.12' }, 'script-outdated', outdated],
  ])('asks for the current script after %s', (_, changes, code, cause) => {
    expect(reportOf({ ...good, ...changes }).checks.at(-1)).toMatchObject({
      check: 'script-up-to-date',
      result: 'failed',
      code,
      cause,
      remedy: 'Install the current receiver script in SuperOffice.',
    });
  });

  test('of a host that nobody answers at leaves open what SuperOffice did not confirm', () => {
    const { livesAt: _, ...unknown } = { ...good, trouble: 'network' as const };
    expect(resultsOf(reportOf(unknown))).toMatchObject({
      'domain-prefix': 'not-reached',
      'customer-instance': 'not-reached',
      'superoffice-reachable': 'failed',
    });
    expect(resultsOf(failing('network'))).toMatchObject({
      'domain-prefix': 'ok',
      'customer-instance': 'ok',
      'superoffice-reachable': 'failed',
    });
  });

  test.each<Trouble>(['unauthorized', 'script-failed', 'payload-refused', 'wrong-script'])(
    'of a script that answered (%s) takes every check before for passed, told where the customer lives or not',
    (trouble) => {
      for (const livesAt of [{ livesAt: 'online2' }, {}]) {
        const { checks } = reportOf({ domainPrefix: 'online2', trouble, ...livesAt });
        const failed = checks.findIndex(({ result }) => result === 'failed');
        expect(failed).toBeGreaterThan(2);
        expect(checks.slice(0, failed)).toEqual(
          connectionChecks.slice(0, failed).map((check) => ({ check, result: 'ok' })),
        );
      }
    },
  );

  test('of a customer under maintenance takes address and customer for right: SuperOffice said so', () => {
    const report = reportOf({ domainPrefix: 'online2', trouble: 'maintenance' });
    expect(resultsOf(report)).toMatchObject({
      'domain-prefix': 'ok',
      'customer-instance': 'ok',
      'superoffice-reachable': 'failed',
    });
  });

  test('of a token that can not be opened, of a customer that nobody told about, claims nothing at all', () => {
    const report = reportOf({ domainPrefix: 'online2', trouble: 'token-unreadable' });
    expect(report.checks.map(({ result }) => result)).toEqual([
      ...Array<string>(4).fill('not-reached'),
      'failed',
      'not-reached',
    ]);
  });

  test('of a token that can not be opened claims nothing of a call that was not made', () => {
    expect(resultsOf(failing('token-unreadable'))).toEqual({
      'domain-prefix': 'ok',
      'customer-instance': 'ok',
      'superoffice-reachable': 'not-reached',
      'script-answers': 'not-reached',
      'key-accepted': 'failed',
      'script-up-to-date': 'not-reached',
    });
  });
});
