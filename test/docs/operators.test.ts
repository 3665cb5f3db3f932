import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { ensureExecutable } from '../../src/temporal/dev-server/install-executable.js';
import { recoveryWorkflowId } from '../../src/temporal/names.js';
import { troubleAttribute } from '../../src/workflows/attributes.js';
import { API_TOKEN, type Harness, startHarness, type TestTenant } from '../support/harness.js';
import { listedAsParked, submitAll, untilAll } from '../support/scenario.js';
import { meetingSummaries } from '../support/meetings.js';

/** The commands of the page, word by word, with the ids of a test in place of the page's. */
const page = readFileSync(new URL('../../docs/operators.md', import.meta.url), 'utf8');
const commands = [...page.matchAll(/^```sh\n(.+)\n```$/gm)].map(([, command = '']) => command);

const MAX_ATTEMPTS = 20;

let harness: Harness;
let executable: string;
let tenant: TestTenant;
let ids: string[];

beforeAll(async () => {
  harness = await startHarness({ RECOVERY_PROBE_INITIAL: '1h', RECOVERY_PROBE_MAXIMUM: '1h' });
  await harness.startWorker();
  executable = await ensureExecutable({ report: () => undefined });
});
afterAll(() => harness.stop());

/** A tenant with three parked deliveries, whose trouble is mended by now without anybody having noticed. */
beforeEach(async () => {
  tenant = await harness.connectTenant();
  harness.sandbox.tenant(tenant.customerInstance).key = 'another key';
  ids = await submitAll(tenant, meetingSummaries().slice(0, 3));
  await untilListedAsParked();
  const recovery = harness.client.workflow.getHandle(recoveryWorkflowId(tenant.tenantId));
  await expect.poll(async () => (await recovery.describe()).status.name).toBe('RUNNING');
  // Its first probe found the trouble.
  await expect
    .poll(async () => (await recovery.describe()).typedSearchAttributes.get(troubleAttribute))
    .toBe('script-not-reached');
  harness.sandbox.tenant(tenant.customerInstance).key = tenant.key;
});

async function untilListedAsParked(): Promise<void> {
  await untilAll(harness, tenant, ids, 'parked');
  await listedAsParked(tenant, ids.length);
}

/** Runs the one command of the page that has these words in it. */
async function run(...words: string[]): Promise<string> {
  const matching = commands.filter((command) => words.every((word) => command.includes(word)));
  expect(matching).toHaveLength(1);
  const command = (matching[0] ?? '')
    .replace(/^temporal /, `'${executable}' `)
    .replaceAll('0123456789abcdef0123456789abcdef', ids[0] ?? '')
    .replaceAll('acme', tenant.tenantId)
    .replace('http://127.0.0.1:3000', harness.url)
    // Not those of other tests, which run at the same time on the same server.
    .replace("'WorkflowType =", `'TenantId = "${tenant.tenantId}" AND WorkflowType =`);
  const env = {
    ...process.env,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TOKEN: API_TOKEN,
    COLUMNS: '500',
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await promisify(execFile)('sh', ['-c', command], { env })).stdout;
    } catch (error) {
      // The server runs one batch at a time, and the one of the test before may not be over.
      const { stderr } = error as { stderr: string };
      if (!stderr.includes('concurrent batch') || attempt === MAX_ATTEMPTS) throw error;
      await sleep(1_000);
    }
  }
}

test('every command of the page has a test here', () => {
  expect(commands).toHaveLength(8);
});

test('one query finds what needs attention, and says why', async () => {
  await expect.poll(() => run('list', 'Trouble IS NOT NULL')).toContain(recoveryWorkflowId(tenant.tenantId));
  const found = await run('list', 'Trouble IS NOT NULL');
  for (const id of ids) expect(found).toContain(id);
});

test('the parked ones of a tenant are listed', async () => {
  await expect.poll(() => run('list', 'TenantId')).toContain(ids[2]);
});

test('what a delivery carries is read through the codec endpoint', async () => {
  expect(await run('show', '--codec-endpoint')).toContain(meetingSummaries()[0]?.meetingName);
});

test('one that is signalled is delivered, and with it the others', async () => {
  await run('--workflow-id delivery/', '--name retry');
  await untilAll(harness, tenant, ids, 'delivered');
});

test('a recovery that is told so delivers everything', async () => {
  await run('--workflow-id recovery/');
  await untilAll(harness, tenant, ids, 'delivered');
});

test('a batch over all tenants starts everything that is parked', async () => {
  // Of a tenant that is not in trouble: where one is noted, a batch alone would find them held again.
  tenant = await harness.connectTenant();
  harness.sandbox.addFaults(tenant.customerInstance, { type: 'status', status: 413, times: 3 });
  ids = await submitAll(tenant, meetingSummaries().slice(0, 3));
  await untilListedAsParked();
  await run('--query', '--name retry');
  await untilAll(harness, tenant, ids, 'delivered');
});

test('one that is given up is cancelled', async () => {
  await run('--workflow-id delivery/', '--name cancel');
  await untilAll(harness, tenant, ids.slice(0, 1), 'cancelled');
});

test('a batch gives up everything that is parked of a tenant', async () => {
  await run('--query', '--name cancel');
  await untilAll(harness, tenant, ids, 'cancelled');
  expect(harness.sandbox.records(tenant.customerInstance)).toHaveLength(0);
});
