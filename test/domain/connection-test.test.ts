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

  test.each<[string, Partial<ConnectionTestOutcome>, TestTrouble]>([
    ['a script that takes the test for a summary', { knowsTests: false }, 'script-ignores-tests'],
    ['a script without a version', { scriptVersion: undefined as never }, 'script-outdated'],
    ['an older script', { scriptVersion: '0.9.12' }, 'script-outdated'],
  ])('asks for the current script after %s', (_, changes, code) => {
    expect(reportOf({ ...good, ...changes }).checks.at(-1)).toMatchObject({
      check: 'script-up-to-date',
      result: 'failed',
      code,
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
