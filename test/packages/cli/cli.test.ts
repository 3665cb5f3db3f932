import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { freePort } from '../../../src/temporal/dev-server/free-port.js';
import { API_TOKEN, type Harness, startHarness, type TestTenant } from '../../support/harness.js';
import { meetingSummaries } from '../../support/meetings.js';
import { listedAsParked, submitAll, untilAll } from '../../support/scenario.js';
import { newTenantId } from '../../support/tenant-api.js';
import { type CliOptions, runCli, startCli } from './support/cli.js';

// Each command is a process of its own.
vi.setConfig({ testTimeout: 120_000 });
/** Temporal's list is a little behind. */
const PATIENCE = { timeout: 20_000 };

let harness: Harness;
let tenant: TestTenant;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-'));
  harness = await startHarness({ RECOVERY_PROBE_INITIAL: '1h', RECOVERY_PROBE_MAXIMUM: '1h' });
  await harness.startWorker();
});
afterAll(async () => {
  await harness.stop();
  await rm(folder, { recursive: true });
});

const cli = (args: readonly string[], options?: CliOptions) => runCli(harness.url, args, options);

/** What a command answers to a program. */
async function ask(...args: string[]): Promise<unknown> {
  const { exitCode, stdout, stderr } = await cli([...args, '--json']);
  expect([exitCode, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

/** Deliveries that wait for a person, since the key was changed; the key that they wait for is the tenant's again. */
async function park(count: number): Promise<string[]> {
  const superOffice = harness.sandbox.tenant(tenant.customerInstance);
  superOffice.key = 'another key';
  const ids = await submitAll(tenant, meetingSummaries().slice(0, count));
  await untilAll(harness, tenant, ids, 'parked');
  await listedAsParked(tenant, count);
  superOffice.key = tenant.key;
  return ids;
}

describe('with a connected tenant', () => {
  beforeEach(async () => {
    tenant = await harness.connectTenant();
  });

  test('status tells of the connection, and of what is under way and parked', async () => {
    await park(2);
    expect(await ask('status', tenant.tenantId)).toMatchObject({
      tenantId: tenant.tenantId,
      connection: { state: 'attention-needed', customerInstance: tenant.customerInstance },
      delivering: { count: 0 },
      parked: { count: 2, more: false },
    });
    const { stdout } = await cli(['status', tenant.tenantId]);
    expect(stdout).toMatch(/^connection +attention-needed, changed \d+ s ago$/m);
    expect(stdout).toMatch(/^remedy +Check the token key/m);
    expect(stdout).toMatch(/^parked +2$/m);
  });

  test('parked lists what waits by its trouble, with the remedy; retry starts it again', async () => {
    const [first = '', ...others] = await park(3);
    const troubles = (await ask('parked', tenant.tenantId)) as { code: string; deliveries: object[] }[];
    expect(troubles).toMatchObject([
      { code: 'script-not-reached', remedy: expect.stringContaining('token key') as string },
    ]);
    expect(troubles[0]?.deliveries).toHaveLength(3);
    const { stdout } = await cli(['parked', tenant.tenantId]);
    expect(stdout).toContain('script-not-reached: 3 deliveries. SuperOffice answered with a web page');
    expect(stdout).toContain(first);

    expect(await ask('retry', tenant.tenantId, first)).toEqual({ deliveryId: first });
    // That one arrives ends the trouble for all.
    await untilAll(harness, tenant, [first, ...others], 'delivered');
    await expect
      .poll(async () => (await cli(['parked', tenant.tenantId])).stdout, PATIENCE)
      .toBe('Nothing is parked.\n');
  });

  test('retry --all starts everything that is parked again', async () => {
    const ids = await park(2);
    expect(await ask('retry', tenant.tenantId, '--all')).toEqual({ retried: 2 });
    await untilAll(harness, tenant, ids, 'delivered');
  });

  test('delivery tells all of one; cancel gives it up; resend sends it once more', async () => {
    const [id = ''] = await park(1);
    expect((await cli(['delivery', tenant.tenantId, id])).stdout).toMatch(/^trouble +script-not-reached$/m);
    expect((await cli(['cancel', tenant.tenantId, id])).stdout).toBe(`${id} cancelled\n`);
    await untilAll(harness, tenant, [id], 'cancelled');
    // Else it would wait for the end of the tenant's trouble.
    await tenant.api.test();
    expect((await cli(['resend', tenant.tenantId, id, '--force'])).stdout).toBe(`${id} on its way again\n`);
    await untilAll(harness, tenant, [id], 'delivered');
    expect(await ask('delivery', tenant.tenantId, id)).toMatchObject({
      state: 'delivered',
      result: 'created',
    });
  });

  test('tail tells of each change, a line each, until it is ended', async () => {
    const [before = ''] = await submitAll(tenant, meetingSummaries().slice(0, 1));
    await untilAll(harness, tenant, [before], 'delivered');
    await expect
      .poll(async () => (await tenant.api.deliveries({ state: 'delivered' })).deliveries, PATIENCE)
      .toHaveLength(1);
    const child = startCli(harness.url, ['tail', tenant.tenantId, '--interval', '0.1', '--json']);
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const next = async () =>
      JSON.parse((await lines.next()).value as string) as { deliveryId: string; state: string };
    expect(await next()).toMatchObject({ deliveryId: before, state: 'delivered' });

    harness.sandbox.tenant(tenant.customerInstance).key = 'another key';
    const [parked = ''] = await submitAll(tenant, meetingSummaries().slice(1, 2));
    const seen: string[] = [];
    while (!seen.includes(`${parked} parked`)) {
      const { deliveryId, state } = await next();
      seen.push(`${deliveryId} ${state}`);
    }
    expect(new Set(seen).size).toBe(seen.length);
    child.kill('SIGINT');
    const [exitCode] = (await once(child, 'close')) as [number];
    expect(exitCode).toBe(0);
  });

  test('tail ends at once when it is told to, also while the service is away', async () => {
    const away = createServer((_request, response) => response.destroy()).listen(0, '127.0.0.1');
    await once(away, 'listening');
    const child = startCli(`http://127.0.0.1:${(away.address() as AddressInfo).port}`, [
      'tail',
      tenant.tenantId,
    ]);
    await once(away, 'request');
    child.kill('SIGTERM');
    const [exitCode] = (await once(child, 'close')) as [number];
    away.close();
    expect(exitCode).toBe(0);
  });

  test('pause and resume change the sync, test makes a real call', async () => {
    expect(await ask('pause', tenant.tenantId)).toMatchObject({ state: 'paused' });
    expect(await ask('resume', tenant.tenantId)).toMatchObject({ state: 'connected' });
    expect((await cli(['test', tenant.tenantId])).stdout).toMatch(/^script-answers +ok$[^]*The test passed/m);
    harness.sandbox.tenant(tenant.customerInstance).key = 'another key';
    const failed = await cli(['test', tenant.tenantId]);
    expect(failed.exitCode).toBe(1);
    expect(failed.stdout).toContain('Check the token key');
  });

  test('link prints an address that opens the settings page', async () => {
    const { url } = (await ask('link', tenant.tenantId, '--language', 'sv')) as { url: string };
    expect((await fetch(url, { redirect: 'manual' })).status).toBeLessThan(400);
    expect((await cli(['link', tenant.tenantId])).stdout.trim()).toMatch(/^http:\S+$/);
  });

  test('disconnect asks first, and needs --yes where there is nobody to ask', async () => {
    const refused = await cli(['disconnect', tenant.tenantId]);
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('--yes') as string]);
    expect((await cli(['disconnect', tenant.tenantId, '--yes'])).stdout).toBe(
      'Disconnected; 0 deliveries cancelled.\n',
    );
    expect(await ask('status', tenant.tenantId)).toMatchObject({ connection: null });
  });
});

describe('connect', () => {
  const args = ['connect', 'cli-tests', '--prefix', 'online2', '--customer', 'Cust77001'];
  beforeAll(() => {
    harness.sandbox.addTenant({ customerInstance: 'Cust77001', key: 'the-secret-key' });
  });

  test('reads the token key from stdin or a file, and never shows it', async () => {
    const file = join(folder, 'key');
    await writeFile(file, 'the-secret-key\n');
    for (const result of [
      await cli(args, { input: 'the-secret-key\n' }),
      await cli([...args, '--key-file', file]),
    ]) {
      expect(result.exitCode).toBe(0);
      expect(result.stdout).toMatch(/^connection +connected/m);
      expect(result.stdout + result.stderr).not.toContain('the-secret-key');
    }
    expect((await cli(['test', 'cli-tests'])).exitCode).toBe(0);
  });

  test('refuses an address that carries the key, before anything is sent', async () => {
    const address =
      'https://online2.superoffice.com/Cust1/CS/scripts/customer.fcgi?action=safeParse&key=the-secret-key';
    const { exitCode, stderr } = await cli(['connect', 'nobody', '--prefix', address], { input: 'k\n' });
    expect(exitCode).toBe(2);
    expect(stderr).not.toContain('the-secret-key');
  });

  test('tells why SuperOffice refused, and exits with 1', async () => {
    const refused = await cli(['connect', 'nobody', '--prefix', 'online2', '--customer', 'Cust99999'], {
      input: 'k\n',
    });
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('SuperOffice does not know this customer instance.');
  });
});

describe('what goes wrong', () => {
  test('is told in words, or as JSON, with an exit code of its own', async () => {
    const nowhere = `http://127.0.0.1:${await freePort('127.0.0.1')}`;
    const cases: [string[], CliOptions, number, string][] = [
      [['delivery', 'acme', '0'.repeat(32)], {}, 3, 'not-found'],
      [['status', 'acme'], { env: { DCI_SUPEROFFICE_TOKEN: 'a wrong one' } }, 3, 'unauthorized'],
      [['status', 'acme', '--url', nowhere], {}, 4, 'unreachable'],
      [['status', 'acme'], { env: { DCI_SUPEROFFICE_TOKEN: '' } }, 2, 'usage'],
      [['retry', 'acme'], {}, 2, 'usage'],
      [['status', 'acme', '--url', 'nowhere'], {}, 2, 'usage'],
    ];
    for (const [args, options, exitCode, kind] of cases) {
      const inWords = await cli(args, options);
      expect([args, inWords.exitCode, inWords.stdout]).toEqual([args, exitCode, '']);
      const asJson = await cli([...args, '--json'], options);
      expect(JSON.parse(asJson.stderr)).toMatchObject({ error: { kind } });
      expect(asJson.exitCode).toBe(exitCode);
    }
  });

  test('is the command line: what was meant is suggested', async () => {
    const { exitCode, stderr } = await cli(['statu', 'acme']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('Did you mean status?') as string]);
  });
});

test('the token may come from a file or from stdin', async () => {
  const file = join(folder, 'token');
  await writeFile(file, `${API_TOKEN}\n`);
  const env = { DCI_SUPEROFFICE_TOKEN: '' };
  const args = ['parked', newTenantId(), '--token-file'];
  expect((await cli([...args, file], { env })).stdout).toBe('Nothing is parked.\n');
  const piped = await cli([...args, '-'], { env, input: API_TOKEN });
  expect(piped.stdout).toBe('Nothing is parked.\n');
});

test('status without a tenant tells how all of them are', async () => {
  expect(await ask('status')).toMatchObject({ connections: { total: expect.any(Number) as number } });
  expect((await cli(['status'])).stdout).toMatch(/^connections +\d+, \d+ in trouble, \d+ paused$/m);
});

test('--help names every command, each with a help of its own', async () => {
  const { stdout } = await cli(['--help']);
  const names = [...stdout.matchAll(/^ {2}([a-z]+)(?: \[options\])? [<[]/gm)].map(([, name = '']) => name);
  expect(names.sort()).toEqual(
    'cancel connect delivery disconnect link parked pause resend resume retry status tail test'.split(' '),
  );
  for (const name of ['connect', 'tail']) {
    expect((await cli([name, '--help'])).stdout).toContain(`Usage: dci-superoffice ${name}`);
  }
});
