import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { API_TOKEN, type Harness, startHarness, type TestTenant } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';
import { submitAll, untilAll } from '../support/scenario.js';

const page = await readFile(new URL('../../docs/cli.md', import.meta.url), 'utf8');
const commands = [...page.matchAll(/^```sh\n(.+)\n```$/gm)].map(([, command = '']) => command);
const bin = fileURLToPath(new URL('../../packages/cli/bin/dci-superoffice.js', import.meta.url));

const NEW_KEY = 'the-new-key-of-the-receiver-script';

let harness: Harness;
let tenant: TestTenant;
let folder: string;
let deliveryId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docs-cli-'));
  await symlink(bin, join(folder, 'dci-superoffice'));
  await writeFile(join(folder, 'new-key'), `${NEW_KEY}\n`);
  harness = await startHarness({ RECOVERY_PROBE_INITIAL: '1h', RECOVERY_PROBE_MAXIMUM: '1h' });
  await harness.startWorker();
  tenant = await harness.connectTenant();
  harness.sandbox.tenant(tenant.customerInstance).key = NEW_KEY;
  [deliveryId = ''] = await submitAll(tenant, meetingSummaries().slice(0, 1));
  await untilAll(harness, tenant, [deliveryId], 'parked');
  await vi.waitFor(
    async () => {
      expect((await tenant.api.deliveries({ state: 'parked' })).deliveries).toHaveLength(1);
    },
    { timeout: 20_000 },
  );
});
afterAll(async () => {
  await harness.stop();
  await rm(folder, { recursive: true });
});

/** Runs a command of the page, word by word, with the ids of the test; one that follows is ended after its first line. */
async function run(command: string): Promise<{ exitCode: number | null; output: string }> {
  const words = command
    .replaceAll('acme', tenant.tenantId)
    .replaceAll('0123456789abcdef0123456789abcdef', deliveryId)
    .replaceAll('Cust12345', tenant.customerInstance);
  const child = spawn('sh', ['-c', words.includes(' tail ') ? `exec ${words}` : words], {
    cwd: folder,
    env: {
      PATH: `${folder}:${process.env.PATH ?? ''}`,
      DCI_SUPEROFFICE_URL: harness.url,
      DCI_SUPEROFFICE_TOKEN: API_TOKEN,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (words.includes(' tail ')) child.kill('SIGINT');
    });
  }
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, output };
}

/** What each command of the page prints, in the order of the page. */
const expected = [
  /^connection +attention-needed[^]*^parked +1$/m,
  /^script-not-reached: 1 delivery\. [^]*retry t-\w+ --all$/m,
  /^state +parked$/m,
  /^connection +connected/m,
  /The test passed/,
  /started again\.$/m,
  / delivered /,
  /on its way again$/m,
  /^\[.*\]$/m,
];

test('every command of the page has a line here', () => {
  expect(commands).toHaveLength(expected.length);
});

test(
  'the page mends a customer whose key was revoked, from top to bottom',
  { timeout: 120_000 },
  async () => {
    for (const [index, command] of commands.entries()) {
      // What the page describes takes a moment to come about.
      if (command.includes(' tail ')) {
        await untilAll(harness, tenant, [deliveryId], 'delivered');
        await expect
          .poll(async () => (await tenant.api.deliveries({ state: 'delivered' })).deliveries, {
            timeout: 20_000,
          })
          .toHaveLength(1);
      }
      const { exitCode, output } = await run(command);
      expect([command, exitCode, output]).toEqual([
        command,
        0,
        expect.stringMatching(expected[index] ?? /^$/),
      ]);
    }
    await untilAll(harness, tenant, [deliveryId], 'delivered');
  },
);
