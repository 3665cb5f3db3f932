import { expect, test } from 'vitest';
import { SHIPPED_VERSION } from '../../sandbox/installed-script.js';
import { CUST } from './support/client.js';
import { samplePayload } from './support/payload.js';
import { withSandbox } from './support/with-sandbox.js';

const context = withSandbox();

async function admin(method: string, path: string, body?: unknown) {
  const response = await fetch(`http://127.0.0.1:${context.sandbox.adminPort}${path}`, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

test('creates a tenant, and shows it without its key', async () => {
  const created = await admin('PUT', '/tenants/Cust777', { key: 'secret-key', host: 'online3' });
  expect(created.status).toBe(201);
  expect(created.body).toEqual({
    customerInstance: 'Cust777',
    includeId: 'dci-receive-summary',
    host: 'online3',
    state: 'Running',
    validForMs: 60_000,
    scriptHasTags: true,
    scriptVersion: SHIPPED_VERSION,
    blockedVerbs: [],
    blockedVerbStatus: 200,
    throttlePerSecond: null,
    companies: [],
    contacts: [],
    associates: [],
    fallbackOwnerId: 0,
    faults: [],
    records: 0,
  });
  expect((await admin('GET', '/tenants/Cust777')).body).toEqual(created.body);
  const call = { cust: 'Cust777', host: 'online3', query: { key: 'secret-key' } };
  const answer = await context.client.post(samplePayload({ kind: 'test' }), call);
  expect(JSON.parse(answer.text)).toMatchObject({ result: 'pong' });
});

test('changes the settings that are given, and keeps the rest', async () => {
  const changed = await admin('PUT', `/tenants/${CUST}`, { state: 'OfflineMaintenance' });
  expect(changed).toMatchObject({ status: 200, body: { state: 'OfflineMaintenance', host: 'online2' } });
  expect(context.sandbox.tenant(CUST).contacts).toHaveLength(24);
  expect(context.sandbox.tenant(CUST).key).toBe('sandbox-key');
});

test('queues one fault or several, and clears them', async () => {
  expect((await admin('POST', `/tenants/${CUST}/faults`, { type: 'html', times: 1 })).status).toBe(201);
  const more = [{ type: 'throttle', retryAfter: 2 }, { type: 'reset' }];
  expect((await admin('POST', `/tenants/${CUST}/faults`, more)).body).toEqual([
    { type: 'html', times: 1 },
    ...more,
  ]);
  expect((await context.client.post(samplePayload())).text).toMatch(/^<!DOCTYPE/);
  expect((await context.client.post(samplePayload())).status).toBe(429);
  expect((await admin('DELETE', `/tenants/${CUST}/faults`)).status).toBe(204);
  expect((await context.client.post(samplePayload())).status).toBe(200);
});

test('adds contacts, so that a summary finds them', async () => {
  const contact = { contactId: 900, name: 'New', emails: ['new@customer.example'] };
  expect((await admin('POST', `/tenants/${CUST}/contacts`, contact)).status).toBe(201);
  await context.client.post(samplePayload({ participantEmails: ['new@customer.example'] }));
  expect((await admin('GET', `/tenants/${CUST}/records`)).body).toMatchObject([
    { recordId: 1001, contactId: 900 },
  ]);
});

test('moves a tenant to another host', async () => {
  expect((await admin('POST', `/tenants/${CUST}/move`, { host: 'app' })).body).toMatchObject({ host: 'app' });
  expect((await context.client.post(samplePayload())).status).toBe(421);
  expect((await context.client.post(samplePayload(), { host: 'app' })).status).toBe(200);
});

test('shows the counters of one tenant and of all', async () => {
  await context.client.post(samplePayload());
  await context.client.post(samplePayload(), { cust: 'Cust99999' });
  expect((await admin('GET', `/tenants/${CUST}/counters`)).body).toEqual(context.sandbox.counters(CUST));
  expect((await admin('GET', '/counters')).body).toEqual({
    unknownTenantHits: 1,
    tenants: { [CUST]: context.sandbox.counters(CUST) },
  });
});

test.each([
  ['a setting that there is not', 'PUT', `/tenants/${CUST}`, { colour: 'red' }],
  ['an unknown state', 'PUT', `/tenants/${CUST}`, { state: 'Asleep' }],
  ['a URL for a host', 'POST', `/tenants/${CUST}/move`, { host: 'https://online2.superoffice.com' }],
  ['a fault that there is not', 'POST', `/tenants/${CUST}/faults`, { type: 'fire' }],
  ['a fault with a part of another', 'POST', `/tenants/${CUST}/faults`, { type: 'reset', delayMs: 5 }],
  ['an empty list of faults', 'POST', `/tenants/${CUST}/faults`, []],
  ['a contact without address', 'POST', `/tenants/${CUST}/contacts`, { contactId: 1, name: 'X', emails: [] }],
  ['an odd customer instance', 'PUT', '/tenants/nordvik', {}],
])('refuses %s', async (_, method, path, body) => {
  expect((await admin(method, path, body)).status).toBe(400);
});

test('answers 404 for a tenant that does not exist', async () => {
  expect(await admin('GET', '/tenants/Cust999')).toMatchObject({
    status: 404,
    body: { message: 'There is no tenant Cust999.' },
  });
  expect((await admin('POST', '/tenants/Cust999/faults', { type: 'reset' })).status).toBe(404);
});
