import { describe, expect, test } from 'vitest';
import { meaningOfAnswer } from '../../src/superoffice/answer.js';

const ID = '0123456789abcdef0123456789abcdef';
const NOW = Date.parse('2026-09-02T06:00:00Z');
const PAGE = '<!DOCTYPE html><html><body>Log in</body></html>';

function meaningOf(status: number, body: unknown = '', retryAfter?: string) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return meaningOfAnswer({ status, body: text, retryAfter }, ID, NOW);
}

const ok = (changes: Record<string, unknown> = {}) => ({
  ok: true,
  deliveryId: ID,
  result: 'created',
  recordId: 1001,
  ...changes,
});
const refusal = (error: unknown) => ({ ok: false, deliveryId: ID, error });

describe('success: 2xx, JSON, our delivery id, ok', () => {
  test.each(['created', 'updated', 'duplicate', 'no-match'])('"%s" is done', (result) => {
    expect(meaningOf(200, ok({ result }))).toStrictEqual({
      next: 'done',
      receipt: { result, recordId: '1001' },
      askTenantState: false,
    });
  });

  test.each([
    ['a result of a later version', ok({ result: 'merged' }), { result: 'accepted', recordId: '1001' }],
    ['no result', { ok: true, deliveryId: ID }, { result: 'accepted' }],
    ['a result that is no string', ok({ result: 7 }), { result: 'accepted', recordId: '1001' }],
    ['a record id as text', ok({ recordId: 'a-1' }), { result: 'created', recordId: 'a-1' }],
    [
      'the longest record id',
      ok({ recordId: 'x'.repeat(64) }),
      { result: 'created', recordId: 'x'.repeat(64) },
    ],
    ['a record id that is longer', ok({ recordId: 'x'.repeat(65) }), { result: 'created' }],
    ['a record id that begins with a mark', ok({ recordId: '<1' }), { result: 'created' }],
    ['a record id that ends with a mark', ok({ recordId: '1>' }), { result: 'created' }],
    ['a record id that is a fraction', ok({ recordId: 1.5 }), { result: 'created' }],
    [
      'counts',
      ok({ matchedContacts: 2, matchedCompanies: 0 }),
      { result: 'created', recordId: '1001', matchedContacts: 2, matchedCompanies: 0 },
    ],
    [
      'counts that are none',
      ok({ matchedContacts: -1, matchedCompanies: 'two' }),
      { result: 'created', recordId: '1001' },
    ],
    ['unknown fields', ok({ colour: 'blue', error: { a: 1 } }), { result: 'created', recordId: '1001' }],
    ['blank lines around', `\r\n\r\n  ${JSON.stringify(ok())}\r\n`, { result: 'created', recordId: '1001' }],
  ])('with %s is done', (_, body, receipt) => {
    expect(meaningOf(200, body)).toStrictEqual({ next: 'done', receipt, askTenantState: false });
  });

  test.each([
    ['1.0.0', '1.0.0'],
    ['2', '2'],
    ['12345.12345.12345.12345', '12345.12345.12345.12345'],
    ['1.2.3.4.5', undefined],
    ['123456', undefined],
    ['1.123456', undefined],
    ['a-key-1.0.0', undefined],
    ['1.0.0-a-key', undefined],
    ['1.0.0\n', undefined],
    [2, undefined],
  ])('says the script version %o as %o: only what is one', (scriptVersion, read) => {
    const meaning = meaningOf(200, ok({ scriptVersion }));
    expect(meaning.next === 'done' && meaning.scriptVersion).toBe(read);
  });

  test.each([200, 201, 202, 299])('counts with status %i', (status) => {
    expect(meaningOf(status, ok()).next).toBe('done');
  });
});

describe('2xx alone is no success', () => {
  test.each<[string, unknown, string, boolean]>([
    ['a page', PAGE, 'script-not-reached', true],
    ['a page after blank lines', `\n\n  ${PAGE}`, 'script-not-reached', true],
    ['a page without a doctype', '<div>Log in</div>', 'script-not-reached', true],
    ['source code', '#setLanguageLevel 4;\nString a;', 'script-source', false],
    ['source code with its tags', '%EJSCRIPT_START%\n<%\nprint("1");', 'script-source', false],
    ['source code from the middle', '<% print("{}"); %>', 'script-source', false],
    ['a page with code further down', '<div><% print("{}"); %></div>', 'script-not-reached', true],
    ['a word that only begins as code does', '#setLanguageLevels', 'wrong-script', true],
    ['nothing', '', 'wrong-script', true],
    ['plain text', 'OK', 'wrong-script', true],
    ['half of the JSON', '{"ok":true,"delive', 'wrong-script', true],
    ['JSON that is no object', [ok()], 'wrong-script', true],
    ['JSON null', null, 'wrong-script', true],
    ['JSON without ok', { deliveryId: ID }, 'wrong-script', true],
    ['ok as text', ok({ ok: 'true' }), 'wrong-script', true],
    ['ok as a number', ok({ ok: 1 }), 'wrong-script', true],
    ['no echo', { ok: true, result: 'created' }, 'wrong-script', false],
    ['another echo', ok({ deliveryId: 'another-delivery' }), 'wrong-script', false],
    ['an echo in another case', ok({ deliveryId: ID.toUpperCase() }), 'wrong-script', false],
    ['an echo that is no string', ok({ deliveryId: [ID] }), 'wrong-script', false],
    ['a refusal without an echo', { ok: false, error: 'bad-json' }, 'wrong-script', false],
  ])('%s parks', (_, body, code, askTenantState) => {
    expect(meaningOf(200, body)).toEqual({ next: 'park', code, askTenantState });
  });

  test.each([204, 205, 206])('status %i without a body parks', (status) => {
    expect(meaningOf(status)).toMatchObject({ next: 'park', code: 'wrong-script' });
  });
});

describe('ok: false, with our delivery id', () => {
  const refusals = [
    ...['bad-json', 'bad-request', 'invalid-payload', 'no-deliveryId', 'no-owner'],
    ...['not-ascii', 'unsupported-schema-version', '400', '404 Not Found', '422'],
  ];
  test.each([...refusals, 403])('parks for the 4xx-like error %o', (error) => {
    const parked = { next: 'park', code: 'script-refused', askTenantState: false };
    expect(meaningOf(200, refusal(error))).toEqual(parked);
    expect(meaningOf(500, refusal(error))).toEqual(parked);
  });

  test.each(['locked', '', '500', '4000', 'error 404', 503, undefined, null, { code: 400 }])(
    'retries for the error %o',
    (error) => {
      const retried = { next: 'retry', code: 'script-failed', askTenantState: false };
      expect(meaningOf(200, refusal(error))).toEqual(retried);
      expect(meaningOf(503, refusal(error))).toEqual(retried);
    },
  );

  test('obeys the Retry-After of a script that says 503', () => {
    expect(meaningOf(503, refusal('locked'), '30')).toMatchObject({
      code: 'script-failed',
      retryAfterMs: 30_000,
    });
  });
});

test.each([200, 401, 500])(
  'a signature that the script refuses parks, whatever the status (%i)',
  (status) => {
    const parked = { next: 'park', code: 'signature-refused', askTenantState: false };
    expect(meaningOf(status, refusal('bad-signature'))).toEqual(parked);
  },
);

describe('statuses', () => {
  test.each([
    [199, 'unexpected-status'],
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [404, 'not-found'],
    [410, 'not-found'],
    [405, 'verb-blocked'],
    [400, 'payload-refused'],
    [413, 'payload-refused'],
    [422, 'payload-refused'],
    [300, 'redirected'],
    [301, 'redirected'],
    [302, 'redirected'],
    [303, 'redirected'],
    [304, 'redirected'],
    [307, 'redirected'],
    [308, 'redirected'],
    [402, 'unexpected-status'],
    [406, 'unexpected-status'],
    [415, 'unexpected-status'],
    [418, 'unexpected-status'],
    [451, 'unexpected-status'],
  ])('%i parks as "%s"; only where the script did not speak, the tenant state is asked', (status, code) => {
    expect(meaningOf(status, PAGE)).toEqual({ next: 'park', code, askTenantState: true });
    expect(meaningOf(status, refusal('x'))).toEqual({ next: 'park', code, askTenantState: false });
    expect(meaningOf(status, ok())).toEqual({ next: 'park', code, askTenantState: false });
  });

  test.each([
    [421, 'host-moved', true],
    [408, 'busy', false],
    [409, 'busy', false],
    [423, 'busy', false],
    [425, 'busy', false],
    [429, 'throttled', false],
    [500, 'server-error', true],
    [501, 'server-error', true],
    [502, 'server-error', true],
    [503, 'server-error', true],
    [504, 'server-error', true],
    [507, 'server-error', true],
    [599, 'server-error', true],
  ])('%i retries as "%s"', (status, code, askTenantState) => {
    expect(meaningOf(status, PAGE)).toStrictEqual({ next: 'retry', code, askTenantState });
  });

  test.each([500, 503])('%i retries also where the body says that all is well', (status) => {
    expect(meaningOf(status, ok())).toMatchObject({ next: 'retry', code: 'server-error' });
  });

  test.each([408, 409, 423, 425, 429, 500, 503])(
    '%i obeys a Retry-After in seconds and as a date',
    (status) => {
      expect(meaningOf(status, '', '7')).toMatchObject({ next: 'retry', retryAfterMs: 7_000 });
      expect(meaningOf(status, '', 'Wed, 02 Sep 2026 06:01:00 GMT')).toMatchObject({ retryAfterMs: 60_000 });
      expect(meaningOf(status, '', 'soon')).not.toHaveProperty('retryAfterMs');
    },
  );

  test.each([301, 401, 404, 421])('%i knows no Retry-After', (status) => {
    expect(meaningOf(status, '', '7')).not.toHaveProperty('retryAfterMs');
  });
});
