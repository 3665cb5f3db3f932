import { expect, test } from 'vitest';
import { tenantStates } from '../../sandbox/tenant-settings.js';
import { CUST } from './support/client.js';
import { withSandbox } from './support/with-sandbox.js';

const context = withSandbox();

test('tells where a tenant lives, how it is doing and until when that is valid', async () => {
  const { sandbox, client } = context;
  sandbox.addTenant({ customerInstance: CUST, validForMs: 5000 });
  const before = Date.now();
  const answer = await client.get(`${sandbox.stateUrl}/${CUST}`);
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  const state = JSON.parse(answer.text) as { ValidUntil: string };
  expect(state).toEqual({
    ContextIdentifier: CUST,
    Endpoint: `https://online2.${sandbox.domain}/${CUST}`,
    State: 'Running',
    IsRunning: true,
    ValidUntil: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/) as string,
    Api: `https://online2.${sandbox.domain}/${CUST}/api`,
    Version: 'Release_11.10_2026.02.24-02',
  });
  const validForMs = Date.parse(state.ValidUntil) - before;
  expect(validForMs).toBeGreaterThanOrEqual(5000);
  expect(validForMs).toBeLessThan(7000);
});

test.each(tenantStates)('reports %s, and the script answers only while the tenant runs', async (state) => {
  const { sandbox, client } = context;
  sandbox.tenant(CUST).state = state;
  const isRunning = state === 'Running' || state === 'OnlineMaintenance';
  const answer = await client.get(`${sandbox.stateUrl}/${CUST}`);
  expect(JSON.parse(answer.text)).toMatchObject({ State: state, IsRunning: isRunning });
  expect((await client.call()).status).toBe(isRunning ? 400 : 503);
});

test.each([
  ['online', 200],
  ['sod', 200],
  ['qaonline', 200],
  ['online2', 404],
])('on host %s answers %i', async (host, status) => {
  const { sandbox, client } = context;
  expect((await client.get(`https://${host}.${sandbox.domain}/api/state/${CUST}`)).status).toBe(status);
});

test('answers a page for a customer that does not exist', async () => {
  const { sandbox, client } = context;
  const answer = await client.get(`${sandbox.stateUrl}/Cust99999`);
  expect(answer).toMatchObject({ status: 404, text: expect.stringMatching(/^<!DOCTYPE html>/) as string });
});

test('names the new host of a tenant that has moved', async () => {
  const { sandbox, client } = context;
  sandbox.tenant(CUST).host = 'app';
  const answer = await client.get(`${sandbox.stateUrl}/${CUST}`);
  expect(JSON.parse(answer.text)).toMatchObject({ Endpoint: `https://app.${sandbox.domain}/${CUST}` });
});

test('can be down while the tenant runs, and counts its lookups all the same', async () => {
  const { sandbox, client } = context;
  sandbox.addFaults(CUST, { type: 'state-down', times: 1 });
  expect((await client.call()).status).toBe(400);
  expect((await client.get(`${sandbox.stateUrl}/${CUST}`)).status).toBe(503);
  expect((await client.get(`${sandbox.stateUrl}/${CUST}`)).status).toBe(200);
  expect(sandbox.counters(CUST)).toMatchObject({ stateLookups: 2, hits: 1 });
});
