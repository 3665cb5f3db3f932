import { expect, test } from 'vitest';
import { SHIPPED_VERSION } from '../../sandbox/installed-script.js';
import { type Call, CUST } from './support/client.js';
import { samplePayload } from './support/payload.js';
import { withSandbox } from './support/with-sandbox.js';

const context = withSandbox();

function outcomes(): Record<string, number> {
  return context.sandbox.counters(CUST).byOutcome;
}

test('files a summary and answers as the script does', async () => {
  const answer = await context.client.post(samplePayload());
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toBe('application/json;charset=utf-8');
  expect(JSON.parse(answer.text)).toEqual({
    ok: true,
    deliveryId: 'd-1',
    result: 'created',
    recordId: 1001,
    matchedContacts: 1,
    matchedCompanies: 1,
    scriptVersion: SHIPPED_VERSION,
  });
  expect(context.sandbox.records(CUST)).toMatchObject([{ title: 'Offert till Åkerlunds 🪑' }]);
});

test('files one record when twenty equal calls come at once', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => context.client.post(samplePayload())));
  const ids = answers.map(({ text }) => (JSON.parse(text) as { recordId: number }).recordId);
  expect(new Set(ids)).toEqual(new Set([1001]));
  expect(context.sandbox.records(CUST)).toHaveLength(1);
  expect(outcomes()).toEqual({ created: 1, duplicate: 19 });
});

test.each<[string, Call, string]>([
  ['another action', { query: { action: 'doScript' } }, 'other-action'],
  ['an unknown include name', { query: { includeId: 'other' } }, 'wrong-include'],
  ['a wrong key', { query: { key: 'wrong' } }, 'wrong-key'],
  ['a key in another case', { query: { key: 'SANDBOX-KEY' } }, 'wrong-key'],
])('answers 200 and a page for %s', async (_, call, outcome) => {
  const answer = await context.client.post(samplePayload(), call);
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toMatch(/^text\/html/);
  expect(answer.text).toMatch(/^<!DOCTYPE html>/);
  expect(context.sandbox.records(CUST)).toEqual([]);
  expect(outcomes()).toEqual({ [outcome]: 1 });
});

test.each(['online', 'online3', 'app'])('answers 421 on host %s', async (host) => {
  const answer = await context.client.post(samplePayload(), { host });
  expect(answer).toMatchObject({ status: 421, text: 'Wrong subdomain used to access tenant' });
  expect(outcomes()).toEqual({ 'wrong-host': 1 });
});

test('answers 421 on the wrong host also while the tenant is away', async () => {
  context.sandbox.tenant(CUST).state = 'OfflineMaintenance';
  expect((await context.client.post(samplePayload(), { host: 'online3' })).status).toBe(421);
});

test('answers 503 and a page while the tenant is away', async () => {
  context.sandbox.tenant(CUST).state = 'OfflineMaintenance';
  const answer = await context.client.post(samplePayload());
  expect(answer).toMatchObject({ status: 503, text: expect.stringMatching(/maintained/) as string });
  expect(outcomes()).toEqual({ 'not-running': 1 });
});

test('redirects to a status page while the tenant is away, if a fault says so', async () => {
  const { sandbox, client } = context;
  sandbox.tenant(CUST).state = 'OfflineMaintenance';
  sandbox.addFaults(CUST, { type: 'status', status: 500, times: 1 }, { type: 'redirect', times: 1 });
  const answer = await client.post(samplePayload());
  expect(answer).toMatchObject({
    status: 302,
    headers: { location: `https://online.${sandbox.domain}/status` },
  });
  expect((await client.post(samplePayload())).status).toBe(503);
  expect((await client.get(`https://online.${sandbox.domain}/status`)).status).toBe(200);
});

test.each([
  ['an unknown tenant', { cust: 'Cust99999' }],
  ['a tenant in another case', { cust: 'cust12345' }],
  ['the path in another case', { path: `/${CUST}/cs/scripts/customer.fcgi` }],
  ['another path', { path: `/${CUST}/CS/scripts/blogic.fcgi` }],
])('answers 404 and a page for %s', async (_, call) => {
  const answer = await context.client.post(samplePayload(), call);
  expect(answer).toMatchObject({ status: 404, text: expect.stringMatching(/^<!DOCTYPE html>/) as string });
  expect(context.sandbox.counters(CUST).hits).toBe(0);
});

test('answers a blocked verb with a page, or says so properly', async () => {
  const { sandbox, client } = context;
  sandbox.addTenant({ customerInstance: CUST, blockedVerbs: ['POST'] });
  expect((await client.post(samplePayload())).status).toBe(200);
  sandbox.addTenant({ customerInstance: CUST, blockedVerbStatus: 405 });
  expect((await client.post(samplePayload())).status).toBe(405);
  expect((await client.call({ method: 'GET' })).status).toBe(400);
  expect(outcomes()).toEqual({ 'blocked-verb': 2, 'no-deliveryId': 1 });
  expect(sandbox.records(CUST)).toEqual([]);
});

test('answers the source of a script that is saved without its tags', async () => {
  context.sandbox.tenant(CUST).scriptHasTags = false;
  const answer = await context.client.post(samplePayload());
  expect(answer).toMatchObject({
    status: 200,
    text: expect.stringMatching(/^#setLanguageLevel 4;/) as string,
  });
  expect(answer.headers['content-type']).toMatch(/^text\/html/);
});

test.each<[string, Call, number, string]>([
  ['no body', {}, 400, 'no-deliveryId'],
  ['a GET', { method: 'GET' }, 400, 'no-deliveryId'],
  ['a body without delivery id', { body: '{}' }, 400, 'no-deliveryId'],
  ['broken JSON', { body: '{"deliveryId":' }, 400, 'bad-json'],
  ['JSON that is no object', { body: '"text"' }, 400, 'no-deliveryId'],
  ['UTF-8', { body: JSON.stringify(samplePayload()) }, 400, 'not-ascii'],
  ['more than 1 MB', { body: `{"deliveryId":"${'x'.repeat(1_000_000)}"}` }, 413, 'too-large'],
])('refuses %s', async (_, call, status, error) => {
  const answer = await context.client.call(call);
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.text)).toMatchObject({ ok: false, error });
  expect(outcomes()).toEqual({ [error]: 1 });
});

test('takes a body of 1 MB', async () => {
  const body = JSON.stringify(
    samplePayload({ meetingName: '', summaryText: '', summaryHtml: '', location: '' }),
  );
  const padding = ' '.repeat(1_000_000 - body.length);
  expect((await context.client.call({ body: body + padding })).status).toBe(200);
});

test('answers 429 to more calls a second than are allowed', async () => {
  context.sandbox.tenant(CUST).throttlePerSecond = 2;
  const answers = await Promise.all([1, 2, 3].map(() => context.client.post(samplePayload())));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 429]);
  expect(answers.find(({ status }) => status === 429)?.headers['retry-after']).toBe('1');
  await new Promise((resolve) => setTimeout(resolve, 1010));
  expect((await context.client.post(samplePayload())).status).toBe(200);
});
