import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createTenantApi } from '../support/tenant-api.js';
import { apiTokenOf, sandboxEnvironment } from '../../demo/service-process.js';
import { sampleCrm } from '../../sandbox/sample-crm.js';
import { type Sandbox, startSandbox } from '../../sandbox/start.js';
import { generateSecrets } from '../../src/service/development-secrets.js';
import { freePort } from '../../src/temporal/dev-server/free-port.js';
import { createDatabase, type TestDatabase } from '../support/databases.js';
import { meetingSummaries } from '../support/meetings.js';
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from '../support/otlp-receiver.js';

const dist = (file: string) => fileURLToPath(new URL(`../../dist/${file}`, import.meta.url));

/** As a caller that is traced itself sends it (W3C Trace Context). */
const PARENT_ID = 'b7ad6b7169203331';

let folder: string;
let sandbox: Sandbox;
let database: TestDatabase;
let collector: OtlpReceiver;
let url: string;
/** What an earlier try left behind is not looked at: each has a trace, a tenant and a customer of its own. */
let tries = 30_000;
const secrets = generateSecrets();
const processes: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trace-'));
  sandbox = await startSandbox({ caFile: join(folder, 'ca.pem') });
  database = await createDatabase(inject('postgresUrl'));
  collector = await startOtlpReceiver();
  const [apiPort, workerPort] = [await freePort('127.0.0.1'), await freePort('127.0.0.1')];
  url = `http://127.0.0.1:${apiPort}`;
  start('server.js', apiPort, 'api.log');
  start('worker.js', workerPort, 'worker.log');
  for (const port of [apiPort, workerPort]) {
    await untilReady(`http://127.0.0.1:${port}/readyz`);
  }
});

afterAll(async () => {
  for (const child of processes) {
    if (child.exitCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await collector.close();
  await sandbox.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

function start(file: string, port: number, log: string): ChildProcess {
  const output = openSync(join(folder, log), 'a');
  const child = spawn(process.execPath, [dist(file)], {
    cwd: folder,
    stdio: ['ignore', output, output],
    env: {
      PATH: process.env.PATH ?? '',
      ...secrets,
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      TASK_QUEUE: `trace-${url.split(':')[2] ?? ''}`,
      PORT: String(port),
      RETRY_INITIAL_DELAY: '20ms',
      ...sandboxEnvironment(sandbox, join(folder, 'ca.pem')),
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '100',
    },
  });
  processes.push(child);
  return child;
}

async function untilReady(address: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const response = await fetch(address).catch(() => undefined);
    if (response?.status === 200) return;
    await sleep(100);
  }
  throw new Error(`Not ready: ${address}`);
}

const newTraceId = () => randomBytes(16).toString('hex');
const spansOf = (trace: string) => collector.spans().filter(({ traceId }) => traceId === trace);

test('one trace leads from the request through the workflow to the calls of SuperOffice, over both processes', async () => {
  const trace = newTraceId();
  tries += 1;
  const tenantId = `traced-${tries}`;
  const customerInstance = `Cust${tries}`;
  sandbox.addTenant({ customerInstance, key: 'key-of-the-trace', ...sampleCrm() });
  const api = createTenantApi(url, apiTokenOf(secrets), tenantId);
  await api.connect({ domainPrefix: 'online2', customerInstance, token: 'key-of-the-trace' });
  sandbox.addFaults(customerInstance, { type: 'status', status: 500, body: 'sorry', times: 2 });
  const response = await fetch(`${url}/v1/tenants/${tenantId}/summaries`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${apiTokenOf(secrets)}`,
      'content-type': 'application/json',
      traceparent: `00-${trace}-${PARENT_ID}-01`,
      // Whatever a caller carries along stays out of histories and traces.
      baggage: 'person=somebody@example.com',
    },
    body: JSON.stringify(meetingSummaries()[0]),
  });
  expect(response.status).toBe(202);
  const { deliveryId } = (await response.json()) as { deliveryId: string };

  const workflowSpan = 'RunWorkflow:DeliverSummary';
  await expect
    .poll(() => spansOf(trace).map(({ name }) => name), { timeout: 20_000 })
    .toContain(workflowSpan);
  // The worker's last spans are sent a moment after the workflow's.
  await expect
    .poll(() => spansOf(trace).filter(({ name }) => name === 'RunActivity:pushSummary'))
    // The first of them takes over from the attempt at once.
    .toHaveLength(3);
  const spans = spansOf(trace);

  const path = (span: ReceivedSpan): string[] => {
    const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
    return [...(parent ? path(parent) : [span.parentSpanId]), `${span.service} ${span.name}`];
  };
  const calls = spans.filter(({ name }) => name === 'POST /{customer}/CS/scripts/customer.fcgi');
  expect(calls.map(({ attributes }) => attributes['http.response.status_code'])).toEqual([500, 500, 200]);
  for (const [index, call] of calls.entries()) {
    const activity = index === 0 ? 'loadConnection' : 'pushSummary';
    expect(path(call)).toEqual([
      PARENT_ID,
      'dci-superoffice-api POST /v1/tenants/:tenantId/summaries',
      'dci-superoffice-api StartWorkflow:DeliverSummary',
      `dci-superoffice-worker ${workflowSpan}`,
      `dci-superoffice-worker StartActivity:${activity}`,
      `dci-superoffice-worker RunActivity:${activity}`,
      'dci-superoffice-worker POST /{customer}/CS/scripts/customer.fcgi',
    ]);
  }
  const attempts = spans.filter(({ attributes }) => attributes['dci_superoffice.attempt'] !== undefined);
  expect(attempts.map(({ attributes }) => attributes)).toMatchObject([
    { 'dci_superoffice.attempt': 1, 'dci_superoffice.next': 'retry', 'dci_superoffice.code': 'server-error' },
    { 'dci_superoffice.attempt': 2, 'dci_superoffice.next': 'retry', 'dci_superoffice.code': 'server-error' },
    { 'dci_superoffice.attempt': 3, 'dci_superoffice.next': 'done', 'dci_superoffice.code': 'created' },
  ]);
  expect(spans.map(({ attributes }) => attributes.temporalWorkflowId)).toContain(
    `delivery/${tenantId}/${deliveryId}`,
  );

  // What libraries write of errors by themselves is cut to its kind.
  expect(attempts[1]?.events).toEqual([
    { name: 'exception', attributes: { 'exception.type': 'ApplicationFailure' } },
  ]);
  expect(collector.spans().filter(({ statusMessage }) => statusMessage !== '')).toEqual([]);
  const sent = collector.bytes().toString('latin1');
  for (const secret of [
    'key-of-the-trace',
    'customer.fcgi?',
    'somebody@',
    secrets.API_TOKENS.split(':')[1] ?? '',
  ]) {
    expect(sent).not.toContain(secret);
  }
  for (const log of ['api.log', 'worker.log']) {
    expect(await readFile(join(folder, log), 'utf8')).toContain(`"trace_id":"${trace}"`);
  }
});

test('processes send what is left when they stop', async () => {
  const port = await freePort('127.0.0.1');
  const stopped = start('server.js', port, 'stopped.log');
  const address = `http://127.0.0.1:${port}`;
  await untilReady(`${address}/readyz`);
  const trace = newTraceId();
  await fetch(`${address}/openapi.json`, { headers: { traceparent: `00-${trace}-${PARENT_ID}-01` } });
  stopped.kill('SIGTERM');
  await once(stopped, 'exit');
  expect(stopped.exitCode).toBe(0);
  expect(spansOf(trace)).toHaveLength(1);
});
