import { describe, expect, test } from 'vitest';
import { MINIMUM_SCRIPT_VERSION, isAtLeast } from '../../src/domain/script-version.js';
import { signatureOf } from '../../src/superoffice/signature.js';
import { SHIPPED_VERSION } from '../../sandbox/installed-script.js';
import { samplePayload } from '../sandbox/support/payload.js';
import { createReceiver } from './support/receiver.js';

const SECRET = 'the-secret-of-the-script';

test('a test is answered with version and echo, and files nothing', () => {
  const receiver = createReceiver();
  const calls: string[] = [];
  expect(receiver.receive({ kind: 'test' }, (call) => calls.push(call))).toEqual({
    status: 200,
    answer: { ok: true, deliveryId: 'd-1', result: 'pong', scriptVersion: SHIPPED_VERSION },
    logged: [],
  });
  expect(calls).toEqual([]);
});

test('the shipped script is new enough for the service', () => {
  expect(isAtLeast(SHIPPED_VERSION, MINIMUM_SCRIPT_VERSION)).toBe(true);
});

test('a customer who has not updated the script since its first version need not', () => {
  expect(isAtLeast('1.0.0', MINIMUM_SCRIPT_VERSION)).toBe(true);
});

test.each([
  ['no body', '', 400, 'no-deliveryId'],
  ['broken JSON', '{"deliveryId":', 400, 'bad-json'],
  ['a page', '<html></html>', 400, 'bad-json'],
  ['an empty object', '{}', 400, 'no-deliveryId'],
  ['a list', '[]', 400, 'no-deliveryId'],
  ['a text', '"d-1"', 400, 'no-deliveryId'],
  [
    'another version of the payload',
    JSON.stringify(samplePayload({ schemaVersion: 2 })),
    400,
    'unsupported-schema-version',
  ],
  [
    'no version of the payload',
    JSON.stringify(samplePayload({ schemaVersion: undefined })),
    400,
    'unsupported-schema-version',
  ],
  ['no start', JSON.stringify(samplePayload({ startLocal: undefined })), 400, 'invalid-payload'],
  [
    'an end with a zone',
    JSON.stringify(samplePayload({ endLocal: '2026-09-01T09:45:00Z' })),
    400,
    'invalid-payload',
  ],
])('%s is refused with a code', (_, body, status, error) => {
  const receiver = createReceiver();
  const received = receiver.post(body);
  expect(received).toMatchObject({ status, answer: { ok: false, error, scriptVersion: SHIPPED_VERSION } });
  expect(receiver.tables.appointment).toEqual([]);
});

test('what goes wrong in SuperOffice is answered as JSON with 500, and written to the debug log', () => {
  const receiver = createReceiver();
  receiver.constants = { ...receiver.constants, fallbackOwnerId: 99 };
  const received = receiver.receive({
    presenterEmail: '',
    participantEmails: ['asa.akerlund@akerlunds.example'],
  });
  expect(received).toMatchObject({ status: 500, answer: { ok: false, error: 'script-error' } });
  expect(received.logged.join()).toContain('There is no associate 99');
});

describe('with a signing secret in the script', () => {
  const body = JSON.stringify(samplePayload());

  function postSigned(signature: string | undefined) {
    const receiver = createReceiver();
    receiver.constants = { ...receiver.constants, signingSecret: SECRET };
    return receiver.post(body, signature === undefined ? {} : { 'x-crmscript-signature': signature });
  }

  test.each([signatureOf(SECRET, body), signatureOf(SECRET, body).toUpperCase()])(
    'a signed request is taken',
    (signature) => {
      expect(postSigned(signature)).toMatchObject({ status: 200, answer: { result: 'created' } });
    },
  );

  test.each([
    ['no signature', undefined],
    ['an empty one', ''],
    ['that of another secret', signatureOf('another-secret-0123', body)],
    ['that of another body', signatureOf(SECRET, `${body} `)],
  ])('a request with %s is refused before anything is read', (_, signature) => {
    expect(postSigned(signature)).toEqual({
      status: 401,
      answer: { ok: false, error: 'bad-signature', scriptVersion: SHIPPED_VERSION },
      logged: [],
    });
  });
});
