import { describe, expect, test } from 'vitest';
import { databaseEngines, type TestTenant } from '../support/harness.js';
import {
  expectEachFiledOnce,
  listedAsParked,
  manySummaries,
  scenarioHarness,
  submitAll,
  untilAll,
} from '../support/scenario.js';

/** The rows of the product page's table of troubles: what an admin does, and what the service then says. */
describe.each(databaseEngines)('the troubleshooting table, on the %s database', (engine) => {
  const harness = scenarioHarness(engine);
  const [summary] = manySummaries(1);
  if (!summary) throw new Error('There is no meeting.');
  const inSuperOffice = ({ customerInstance }: TestTenant) => harness().sandbox.tenant(customerInstance);
  const failedCheck = async (tenant: TestTenant) => {
    const { passed, checks } = await tenant.api.test();
    expect(passed).toBe(false);
    return checks.find(({ result }) => result === 'failed');
  };

  describe('Test Integration fails', () => {
    test.each(['https://online2.superoffice.com/Cust1/default.aspx', 'online2.superoffice.com', 'ONLINE2'])(
      'the prefix is more than the subdomain (%s): it is understood all the same',
      async (pasted) => {
        const tenant = await harness().connectTenant();
        const domainPrefix = pasted
          .replace('superoffice.com', harness().sandbox.domain)
          .replace('Cust1', tenant.customerInstance);
        const { customerInstance, key: token } = tenant;
        await tenant.api.connect({ domainPrefix, customerInstance, token });
        expect(await tenant.api.test()).toMatchObject({ passed: true });
      },
    );

    test('the prefix leads elsewhere: refused at once, with what to enter', async () => {
      const tenant = await harness().connectTenant();
      const { customerInstance, key: token } = tenant;
      const connect = tenant.api.connect({
        domainPrefix: 'https://superoffice.example.com/',
        customerInstance,
        token,
      });
      await expect(connect).rejects.toMatchObject({ status: 400 });
      // The connection that works stays.
      expect(await tenant.api.test()).toMatchObject({ passed: true });
    });

    test('the customer instance is wrong: refused at once, and the connection that works stays', async () => {
      const tenant = await harness().connectTenant();
      const connect = tenant.api.connect({
        domainPrefix: 'online2',
        customerInstance: 'Cust99999999',
        token: tenant.key,
      });
      await expect(connect).rejects.toMatchObject({ status: 422, problem: { code: 'tenant-unknown' } });
      expect(await tenant.api.test()).toMatchObject({ passed: true });
    });

    test('the key is wrong: the test names the key', async () => {
      const tenant = await harness().connectTenant();
      const { customerInstance } = tenant;
      await tenant.api.connect({ domainPrefix: 'online2', customerInstance, token: 'a mistyped key' });
      expect((await failedCheck(tenant))?.remedy).toContain('token key');
    });
  });

  describe('no summary appears', () => {
    test('the credentials are wrong: the delivery says so, and arrives once they are right', async () => {
      const tenant = await harness().connectTenant();
      inSuperOffice(tenant).key = 'another key';
      const ids = await submitAll(tenant, [summary]);
      const [parked] = await untilAll(harness(), tenant, ids, 'parked');
      expect(parked?.lastFailure?.remedy).toContain('token key');
      await listedAsParked(tenant, 1);
      const { customerInstance } = tenant;
      await tenant.api.connect({ domainPrefix: 'online2', customerInstance, token: 'another key' });
      await untilAll(harness(), tenant, ids, 'delivered');
      expectEachFiledOnce(harness(), tenant, [summary]);
    });

    test('the meeting has no summary: that is the answer', async () => {
      const tenant = await harness().connectTenant();
      expect(await tenant.api.submit({ ...summary, summary: ' ' })).toMatchObject({
        state: 'skipped',
        reason: 'no-summary',
      });
    });

    test('no participant is in SuperOffice by e-mail: listed, and sent again once one is', async () => {
      const tenant = await harness().connectTenant();
      const stranger = 'nobody@unknown.example';
      const ids = await submitAll(tenant, [{ ...summary, participantEmails: [stranger] }]);
      const [delivered] = await untilAll(harness(), tenant, ids, 'delivered');
      expect(delivered?.result).toBe('no-match');
      await expect
        .poll(async () => (await tenant.api.deliveries({ result: 'no-match' })).deliveries)
        .toHaveLength(1);
      inSuperOffice(tenant).contacts.push({ contactId: 99_001, name: 'New', emails: [stranger] });
      await tenant.api.resend(ids[0] ?? '');
      await harness().until(tenant, ids[0] ?? '', ({ result }) => result === 'created');
      expectEachFiledOnce(harness(), tenant, [summary]);
    });
  });

  describe('connection issues', () => {
    test('SuperOffice is down: the test says so, deliveries wait, and arrive when it is up', async () => {
      const tenant = await harness().connectTenant();
      harness().sandbox.addFaults(tenant.customerInstance, { type: 'status', status: 503 });
      expect((await failedCheck(tenant))?.check).toBe('superoffice-reachable');
      const ids = await submitAll(tenant, [summary]);
      await harness().until(tenant, ids[0] ?? '', ({ attempts }) => attempts > 1);
      inSuperOffice(tenant).faults = [];
      await untilAll(harness(), tenant, ids, 'delivered');
      expectEachFiledOnce(harness(), tenant, [summary]);
    });

    test('the token was revoked: the connection needs attention, and says why', async () => {
      const tenant = await harness().connectTenant();
      harness().sandbox.addFaults(tenant.customerInstance, { type: 'status', status: 401 });
      const ids = await submitAll(tenant, [summary]);
      await untilAll(harness(), tenant, ids, 'parked');
      expect(await tenant.api.connection()).toMatchObject({
        state: 'attention-needed',
        attention: { code: 'unauthorized', remedy: expect.stringContaining('revoked') as string },
      });
      expect((await failedCheck(tenant))?.check).toBe('key-accepted');
    });
  });
});
