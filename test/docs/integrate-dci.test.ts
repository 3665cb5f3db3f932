import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemNames } from '../../src/api/problems.js';
import { inProject } from '../../scripts/lib/project.mjs';
import { API_TOKEN, type Harness, startHarness, type TestTenant } from '../support/harness.js';

const page = await readFile(inProject('docs', 'integrate-dci.md'), 'utf8');
const blocksOf = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([^]+?)\\n\`\`\`$`, 'gm'))].map(
    ([, block = '']) => block,
  );

let harness: Harness;
let tenant: TestTenant;
beforeAll(async () => {
  harness = await startHarness();
  await harness.startWorker();
  tenant = await harness.connectTenant();
});
afterAll(() => harness.stop());

/** Runs something of the page, word by word; what it prints. */
async function run(command: string, args: readonly string[], deliveryId = ''): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    SERVICE_URL: harness.url,
    API: `${harness.url}/v1/tenants/${tenant.tenantId}`,
    TOKEN: API_TOKEN,
    DELIVERY_ID: deliveryId,
  };
  return (await promisify(execFile)(command, args, { env, cwd: inProject() })).stdout;
}

test('the calls of the page do what it says', async () => {
  const [link = '', submit = '', list = '', one = '', ...others] = blocksOf('sh');
  expect(others).toEqual([]);
  const sh = async (command: string, deliveryId?: string) =>
    JSON.parse(await run('sh', ['-c', command.replace('curl', 'curl -sS')], deliveryId)) as Record<
      string,
      unknown
    >;

  expect(await sh(link)).toMatchObject({ url: expect.stringContaining(harness.url) as string });
  const accepted = await sh(submit);
  expect(accepted).toMatchObject({ state: 'accepted', duplicate: false });
  expect(await sh(submit)).toEqual({ ...accepted, duplicate: true });
  const deliveryId = accepted.deliveryId as string;
  await harness.until(tenant, deliveryId, ({ state }) => state === 'delivered');
  await expect.poll(() => sh(list)).toMatchObject({ deliveries: [{ deliveryId, state: 'delivered' }] });
  expect(await sh(one, deliveryId)).toMatchObject({ deliveryId, result: 'created', matchedContacts: 1 });
});

test('the program of the page hands a summary in', async () => {
  const [program = '', ...others] = blocksOf('js');
  expect(others).toEqual([]);
  const code = program.replace("tenant('acme')", `tenant('${tenant.tenantId}')`);
  const options = ['--import', 'tsx', '--conditions=source', '--input-type=module', '--eval', code];
  expect(await run(process.execPath, options)).toMatch(/^accepted [0-9a-f]{32}\n$/);
});

test('the page tells what to do with every problem of the API that its caller meets', () => {
  // Those of DCI's webhook, and of addresses that are none, are told elsewhere.
  const elsewhere = ['unverified-webhook', 'method-not-allowed'];
  for (const name of problemNames.filter((one) => !elsewhere.includes(one))) {
    expect(page).toMatch(new RegExp(`^\\|.*\`${name}\`.*\\|$`, 'm'));
  }
});
