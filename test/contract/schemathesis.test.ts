import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createClient } from '@dci-superoffice/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleCrm } from '../../sandbox/sample-crm.js';
import { createServiceUnderTest, type ServiceUnderTest } from '../support/service-under-test.js';
import { ensureSchemathesis } from './support/schemathesis.js';

const TOKEN = 'a-token-of-the-contract-test-0123456789';
const MINIMUM_CASES = 2_000;
const TIMEOUT_MS = 5 * 60_000;

/** As in the examples of the document, so that they work. */
const example = {
  tenantId: 'acme',
  domainPrefix: 'online2',
  customerInstance: 'Cust12345',
  token: 'the key of the receiver script',
};

/** What the test reads of Schemathesis' report. */
interface Report {
  complete: boolean;
  operations: { total: number; tested: number };
  phases: Record<string, { status: string }>;
  test_cases: { generated: number; with_failures: number };
  failures: { title: string; operations: string[] }[];
  errors: { title: string }[];
  warnings: Record<string, unknown[]>;
}

let service: ServiceUnderTest;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contract-'));
  service = await createServiceUnderTest({ API_TOKENS: `contract:${TOKEN}` });
});
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

test(
  'whatever is sent, the service answers as its document says',
  async () => {
    const schemathesis = await ensureSchemathesis();
    service.sandbox.addTenant({ ...example, key: example.token, ...sampleCrm() });
    const { url } = await service.start();
    const { tenantId, ...connection } = example;
    await createClient({ baseUrl: url, token: TOKEN }).tenant(tenantId).connect(connection);

    const reportFile = join(folder, 'report.json');
    const output = await run(schemathesis, [
      ...['--no-color', 'run', `${url}/openapi.json`],
      ...['--header', `Authorization: Bearer ${TOKEN}`],
      ...['--phases', 'examples,coverage,fuzzing,stateful'],
      ...['--max-examples', '50', '--seed', '1', '--generation-database', 'none', '--workers', '1'],
      // A request of the right shape may be refused for what it says: a meeting that ends before it starts.
      ...['--exclude-checks', 'positive_data_acceptance'],
      '--continue-on-failure',
      ...['--report', 'json', '--report-json-path', reportFile],
    ]);

    const report = JSON.parse(await readFile(reportFile, 'utf8')) as Report;
    expect(report.failures, output).toEqual([]);
    expect(report.errors, output).toEqual([]);
    expect(report.complete).toBe(true);
    expect(Object.values(report.phases).map(({ status }) => status)).toEqual(Array(4).fill('success'));
    expect(report.operations.tested).toBe(report.operations.total);
    expect(report.warnings).toMatchObject({
      unsupported_regex: [],
      rate_limited: [],
      missing_deserializer: [],
    });
    expect(report.test_cases.generated).toBeGreaterThanOrEqual(MINIMUM_CASES);
    process.stderr.write(`Schemathesis: ${report.test_cases.generated} cases, no failure.\n`);
  },
  TIMEOUT_MS,
);

/** What a command prints, however it ends. */
async function run(command: string, args: readonly string[]): Promise<string> {
  try {
    return (await promisify(execFile)(command, args, { cwd: folder, maxBuffer: 1e8 })).stdout;
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
