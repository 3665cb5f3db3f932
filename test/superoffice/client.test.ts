import { describe, expect, test } from 'vitest';
import { SHIPPED_VERSION } from '../../sandbox/installed-script.js';
import type { TenantPatch } from '../../sandbox/tenant-settings.js';
import { HostRefusedError } from '../../src/domain/errors.js';
import { createSuperOfficeClient } from '../../src/superoffice/client.js';
import { createGuardedAgent } from '../../src/superoffice/guarded-agent.js';
import { createTenantDirectory } from '../../src/superoffice/tenant-directory.js';
import { CUST, DELIVERY_ID, summaryPush } from './support/summary-push.js';
import { withSuperOffice } from './support/with-superoffice.js';

const superOffice = withSuperOffice();

describe('a push that goes well', () => {
  test('files the summary, once however often it is sent', async () => {
    const client = superOffice.client();
    const filed = { recordId: '1001', matchedContacts: 1, matchedCompanies: 1 };
    expect(await client.push(summaryPush())).toEqual({
      host: `online2.${superOffice.sandbox.domain}`,
      endpoint: `https://online2.${superOffice.sandbox.domain}/${CUST}`,
      status: 200,
      meaning: { next: 'done', receipt: { result: 'created', ...filed }, scriptVersion: SHIPPED_VERSION },
    });
    expect(await client.push(summaryPush())).toMatchObject({
      meaning: { next: 'done', receipt: { result: 'duplicate', ...filed } },
    });
    expect(superOffice.sandbox.records(CUST)).toMatchObject([
      {
        deliveryId: DELIVERY_ID,
        title: 'Offert till Åkerlunds 🪑',
        internalNotes: expect.stringContaining('Beslut\n\n- Åsa vill ha en offert.') as string,
        startLocal: '2026-09-01 09:00:00',
        location: 'Älmhult',
        revisions: 0,
      },
    ]);
  });

  test.each([
    ['the secret of the script', 'a-secret-of-the-script', 'done'],
    ['another secret', 'another-secret-1234', 'park'],
    ['no secret', undefined, 'park'],
  ])('is signed with %s', async (_, signingSecret, next) => {
    superOffice.set({ signingSecret: 'a-secret-of-the-script' });
    const { meaning } = await superOffice
      .client()
      .push({ ...summaryPush(), ...(signingSecret !== undefined && { signingSecret }) });
    expect(meaning).toMatchObject({ next, ...(next === 'park' && { code: 'signature-refused' }) });
  });

  test('asks the state API once for several pushes', async () => {
    const client = superOffice.client();
    await client.push(summaryPush());
    await client.push(summaryPush());
    expect(superOffice.sandbox.counters(CUST)).toMatchObject({ hits: 2, stateLookups: 1 });
  });

  test('nobody is known: done, and nothing filed', async () => {
    superOffice.set({ contacts: [], companies: [] });
    expect(await superOffice.client().push(summaryPush())).toMatchObject({
      meaning: { next: 'done', receipt: { result: 'no-match', matchedContacts: 0 } },
    });
    expect(superOffice.sandbox.records(CUST)).toEqual([]);
  });

  test('takes the host from the state API, not from the prefix', async () => {
    superOffice.set({ host: 'app' });
    expect(await superOffice.client().push(summaryPush())).toMatchObject({
      host: `app.${superOffice.sandbox.domain}`,
      meaning: { next: 'done' },
    });
    expect(superOffice.sandbox.counters(CUST).hits).toBe(1);
  });

  test('runs while SuperOffice is under online maintenance', async () => {
    superOffice.set({ state: 'OnlineMaintenance' });
    expect(await superOffice.client().push(summaryPush())).toMatchObject({ meaning: { next: 'done' } });
  });

  test('brings over a key and an include name that have the marks of a query in them', async () => {
    const includeId = 'a b&key=x%41';
    const token = 'k+ey&includeId=x#/?ÅÄ🪑=';
    superOffice.set({ includeId, key: token });
    expect(await superOffice.client().push(summaryPush({ includeId, token }))).toMatchObject({
      meaning: { next: 'done' },
    });
  });
});

describe('a connection that is set up wrongly', () => {
  test.each<[string, TenantPatch, Parameters<typeof summaryPush>[0], string, number]>([
    ['a wrong key', {}, { token: 'another-key' }, 'script-not-reached', 200],
    ['a wrong include name', {}, { includeId: 'another-script' }, 'script-not-reached', 200],
    ['missing tags', { scriptHasTags: false }, {}, 'script-source', 200],
    ['a blocked verb', { blockedVerbs: ['POST'] }, {}, 'script-not-reached', 200],
    [
      'a blocked verb, said properly',
      { blockedVerbs: ['POST'], blockedVerbStatus: 405 },
      {},
      'verb-blocked',
      405,
    ],
  ])('%s parks', async (_, settings, changes, code, status) => {
    superOffice.set(settings);
    expect(await superOffice.client().push(summaryPush(changes))).toMatchObject({
      status,
      meaning: { next: 'park', code },
    });
    expect(superOffice.sandbox.counters(CUST).hits).toBe(1);
    expect(superOffice.sandbox.records(CUST)).toEqual([]);
  });

  test('an unknown customer instance parks, without a call', async () => {
    const push = summaryPush({ customerInstance: 'Cust99999' });
    expect(await superOffice.client().push(push)).toEqual({
      meaning: { next: 'park', code: 'tenant-unknown' },
    });
  });

  test('an unknown customer instance parks also while the state API is away', async () => {
    const push = summaryPush({ customerInstance: 'Cust99999' });
    const client = superOffice.client({ directory: { lookUp: () => Promise.resolve(undefined) } });
    expect(await client.push(push)).toMatchObject({
      status: 404,
      meaning: { next: 'park', code: 'not-found' },
    });
  });

  test('a prefix that leads out of the domain is refused without a call', async () => {
    superOffice.sandbox.addFaults(CUST, { type: 'state-down' });
    const push = summaryPush({ domainPrefix: 'evil.example/' });
    expect(await superOffice.client().push(push)).toEqual({
      meaning: { next: 'park', code: 'host-refused' },
    });
    expect(superOffice.sandbox.counters(CUST).hits).toBe(0);
  });

  test('a network that is not allowed is refused without a call', async () => {
    const { sandbox } = superOffice;
    const policy = { domain: sandbox.domain, privateNetworks: [] };
    const dispatcher = createGuardedAgent({ policy, certificateAuthorities: [sandbox.caCertificate] });
    const directory = createTenantDirectory({ dispatcher, policy });
    const client = createSuperOfficeClient({ dispatcher, policy, directory });
    expect(await client.push(summaryPush())).toEqual({ meaning: { next: 'park', code: 'host-refused' } });
    expect(sandbox.counters(CUST)).toMatchObject({ hits: 0, stateLookups: 0 });
    await dispatcher.destroy();
  });

  test('a certificate that nobody vouches for is trouble of the network, and no summary leaves', async () => {
    const { policy, sandbox } = superOffice;
    const dispatcher = createGuardedAgent({ policy });
    expect(await superOffice.client({ dispatcher }).push(summaryPush())).toMatchObject({
      meaning: { next: 'retry', code: 'network' },
    });
    expect(sandbox.counters(CUST).hits).toBe(0);
    await dispatcher.destroy();
  });
});

describe('a tenant that is not where it was', () => {
  test('is found again within the same attempt', async () => {
    const client = superOffice.client();
    await client.push(summaryPush());
    superOffice.set({ host: 'app' });
    expect(await client.push(summaryPush())).toMatchObject({
      host: `app.${superOffice.sandbox.domain}`,
      meaning: { next: 'done', receipt: { result: 'duplicate' } },
    });
    expect(superOffice.sandbox.counters(CUST)).toMatchObject({
      byOutcome: { created: 1, 'wrong-host': 1, duplicate: 1 },
      stateLookups: 2,
    });
  });

  test('stays lost for this attempt where the state API says the same as before', async () => {
    superOffice.sandbox.addFaults(CUST, { type: 'moved' });
    expect(await superOffice.client().push(summaryPush())).toEqual({
      host: `online2.${superOffice.sandbox.domain}`,
      endpoint: `https://online2.${superOffice.sandbox.domain}/${CUST}`,
      status: 421,
      meaning: { next: 'retry', code: 'host-moved' },
    });
    expect(superOffice.sandbox.counters(CUST)).toMatchObject({ hits: 1, stateLookups: 2 });
  });

  test('is called at most twice in an attempt', async () => {
    const client = superOffice.client();
    await client.push(summaryPush());
    superOffice.set({ host: 'app' });
    superOffice.sandbox.addFaults(CUST, { type: 'moved' });
    expect(await client.push(summaryPush())).toMatchObject({
      status: 421,
      meaning: { next: 'retry', code: 'host-moved' },
    });
    expect(superOffice.sandbox.counters(CUST).hits).toBe(3);
  });

  test.each([
    ['OfflineMaintenance', { next: 'retry', code: 'maintenance' }],
    ['MigrationPending', { next: 'retry', code: 'maintenance' }],
    ['Provisioning', { next: 'retry', code: 'maintenance' }],
    ['Deleted', { next: 'park', code: 'tenant-deleted' }],
    ['Deleting', { next: 'park', code: 'tenant-deleted' }],
    ['DeleteFailed', { next: 'park', code: 'tenant-deleted' }],
    ['ProvisioningFailed', { next: 'park', code: 'tenant-deleted' }],
    ['Suspended', { next: 'park', code: 'tenant-suspended' }],
    ['Unknown', { next: 'park', code: 'tenant-unknown' }],
  ] as const)('%s is known before the call, and told after one', async (state, meaning) => {
    const { sandbox } = superOffice;
    const client = superOffice.client();
    await client.push(summaryPush());
    superOffice.set({ state });
    expect(await client.push(summaryPush())).toEqual({
      host: `online2.${sandbox.domain}`,
      endpoint: `https://online2.${sandbox.domain}/${CUST}`,
      status: 503,
      meaning,
    });
    expect(await superOffice.client().push(summaryPush())).toEqual({ meaning });
    expect(sandbox.counters(CUST).byOutcome).toEqual({ created: 1, 'not-running': 1 });
  });
});

describe('a state API that is away', () => {
  test('the prefix leads to the tenant', async () => {
    superOffice.sandbox.addFaults(CUST, { type: 'state-down' });
    expect(await superOffice.client().push(summaryPush())).toMatchObject({ meaning: { next: 'done' } });
    expect(superOffice.sandbox.counters(CUST)).toMatchObject({ hits: 1, stateLookups: 1 });
  });

  test('where the tenant lived last leads to it before the prefix does', async () => {
    superOffice.set({ host: 'app' });
    superOffice.sandbox.addFaults(CUST, { type: 'state-down' });
    const endpoint = `https://app.${superOffice.sandbox.domain}/${CUST}`;
    expect(await superOffice.client().push(summaryPush({ endpoint }))).toMatchObject({
      endpoint,
      meaning: { next: 'done' },
    });
    expect(superOffice.sandbox.counters(CUST).hits).toBe(1);
  });

  test('an endpoint that leads out of the domain is refused without a call', async () => {
    superOffice.sandbox.addFaults(CUST, { type: 'state-down' });
    expect(await superOffice.client().push(summaryPush({ endpoint: 'https://evil.example/Cust1' }))).toEqual({
      meaning: { next: 'park', code: 'host-refused' },
    });
  });

  test('a prefix that is out of date waits for the state API', async () => {
    const client = superOffice.client();
    superOffice.set({ host: 'app' });
    superOffice.sandbox.addFaults(CUST, { type: 'state-down', times: 2 });
    expect(await client.push(summaryPush())).toMatchObject({
      meaning: { next: 'retry', code: 'host-moved' },
    });
    expect(await client.push(summaryPush())).toMatchObject({ meaning: { next: 'done' } });
  });
});

describe('a caller that gives up while the state API hangs', () => {
  const hanging = () => new Promise<never>(() => undefined);
  const reason = new Error('It took too long.');

  test('is told so at once, whether it asks or pushes', async () => {
    const client = superOffice.client({ directory: { lookUp: hanging } });
    const { connection } = summaryPush();
    for (const call of [
      (signal: AbortSignal) => client.isAway(connection, signal),
      (signal: AbortSignal) => client.push(summaryPush(), signal),
    ]) {
      const abort = new AbortController();
      const called = call(abort.signal);
      abort.abort(reason);
      await expect(called).rejects.toBe(reason);
      await expect(call(abort.signal)).rejects.toBe(reason);
    }
  });

  test('learns what SuperOffice answered, if it did', async () => {
    superOffice.sandbox.addFaults(CUST, { type: 'status', status: 503 });
    const abort = new AbortController();
    const endpoint = `https://online2.${superOffice.sandbox.domain}/${CUST}`;
    const running = { kind: 'running', endpoint, validUntil: Infinity } as const;
    const client = superOffice.client({
      directory: {
        lookUp: (_, freshAfter) => {
          if (freshAfter === undefined) return Promise.resolve(running);
          abort.abort(reason);
          return hanging();
        },
      },
    });
    expect(await client.push(summaryPush(), abort.signal)).toMatchObject({
      status: 503,
      meaning: { next: 'retry', code: 'server-error' },
    });
  });
});

describe('a look-up', () => {
  test('tells how a tenant is doing, anew each time, and nothing while the state API is away', async () => {
    const client = superOffice.client();
    const customer = { domainPrefix: 'online2', customerInstance: CUST };
    expect(await client.lookUp(customer)).toMatchObject({ kind: 'running' });
    superOffice.set({ state: 'Suspended' });
    expect(await client.lookUp(customer)).toEqual({ kind: 'closed', code: 'tenant-suspended' });
    superOffice.sandbox.addFaults(CUST, { type: 'state-down' });
    expect(await client.lookUp(customer)).toBeUndefined();
  });
});

describe('whether a tenant is away', () => {
  const customer = { domainPrefix: 'online2', customerInstance: CUST };

  test.each([
    ['Running', false],
    ['OfflineMaintenance', true],
    ['Suspended', false],
  ] as const)('in the state %s: %s, and known without another question', async (state, away) => {
    superOffice.set({ state });
    const client = superOffice.client();
    expect(await client.isAway(customer)).toBe(away);
    expect(await client.isAway(customer)).toBe(away);
    expect(superOffice.sandbox.counters(CUST)).toMatchObject({ hits: 0, stateLookups: 1 });
  });

  test('is not known while the state API is away', async () => {
    superOffice.sandbox.addFaults(CUST, { type: 'state-down' });
    expect(await superOffice.client().isAway(customer)).toBe(false);
  });

  test('is left to the call where the address is refused; what is a defect is told', async () => {
    const failing = (error: Error) =>
      superOffice.client({ directory: { lookUp: () => Promise.reject(error) } });
    expect(await failing(new HostRefusedError('x')).isAway(customer)).toBe(false);
    const defect = new TypeError('a defect');
    await expect(failing(defect).isAway(customer)).rejects.toBe(defect);
    await expect(failing(defect).push(summaryPush())).rejects.toBe(defect);
  });
});

describe('a redirect', () => {
  test('is not followed, and parks', async () => {
    const { sandbox } = superOffice;
    sandbox.addTenant({ customerInstance: 'Cust666' });
    const location = `https://online2.${sandbox.domain}/Cust666/CS/scripts/customer.fcgi`;
    sandbox.addFaults(CUST, { type: 'redirect', location });
    expect(await superOffice.client().push(summaryPush())).toMatchObject({
      status: 302,
      meaning: { next: 'park', code: 'redirected' },
    });
    expect(sandbox.counters('Cust666')).toMatchObject({ hits: 0, stateLookups: 0 });
  });

  test('is not followed, and retries while the state API says maintenance', async () => {
    const { sandbox } = superOffice;
    const client = superOffice.client();
    await client.push(summaryPush());
    sandbox.addTenant({ customerInstance: 'Cust666' });
    const location = `https://online2.${sandbox.domain}/Cust666/CS/scripts/customer.fcgi`;
    superOffice.set({ state: 'OfflineMaintenance' });
    sandbox.addFaults(CUST, { type: 'redirect', location });
    expect(await client.push(summaryPush())).toMatchObject({
      status: 302,
      meaning: { next: 'retry', code: 'maintenance' },
    });
    expect(sandbox.counters('Cust666').hits).toBe(0);
  });
});
