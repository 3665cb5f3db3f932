import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { expect, onTestFinished, test } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import type { DevServer, DevServerOptions } from '../../../src/temporal/dev-server/dev-server.js';
import { ensureExecutable } from '../../../src/temporal/dev-server/install-executable.js';
import { launchServer, PortTakenError } from '../../../src/temporal/dev-server/launch-server.js';
import { isAlive } from '../../../src/temporal/dev-server/processes.js';
import type { ServerState } from '../../../src/temporal/dev-server/server-state.js';
import { startDevServer } from '../../../src/temporal/dev-server/start-dev-server.js';
import { fakeExecutable, temporaryFolder } from './fakes.js';

async function start(options: DevServerOptions): Promise<DevServer> {
  const server = await startDevServer({ ui: false, ...options });
  onTestFinished(() => server.stop());
  return server;
}

async function useClient<Result>(address: string, use: (client: Client) => Promise<Result>): Promise<Result> {
  const connection = await Connection.connect({ address });
  try {
    return await use(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

async function workflowIds(client: Client): Promise<string[]> {
  const ids: string[] = [];
  for await (const { workflowId } of client.workflow.list()) ids.push(workflowId);
  return ids;
}

async function stateOf(dataDir: string): Promise<ServerState> {
  return JSON.parse(await readFile(join(dataDir, 'temporal.json'), 'utf8')) as ServerState;
}

test('what the server holds survives its restart, at the same address', async () => {
  const dataDir = temporaryFolder();
  const options = { dataDir, namespace: 'extra', searchAttributes: { Colour: 'Keyword' } } as const;
  const first = await start(options);
  await useClient(first.address, async (client) => {
    await client.workflow.start('nothing', { taskQueue: 'nobody', workflowId: 'kept' });
    await expect.poll(() => workflowIds(client)).toEqual(['kept']);
  });
  await first.stop();
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);
  expect(await first.exited).toEqual({ code: 0, signal: null });

  const second = await start(options);
  expect(second.address).toBe(first.address);
  expect(second.pid).not.toBe(first.pid);
  await useClient(second.address, async (client) => {
    expect(await workflowIds(client)).toEqual(['kept']);
    await client.workflowService.describeNamespace({ namespace: 'extra' });
    const { customAttributes } = await client.connection.operatorService.listSearchAttributes({
      namespace: 'default',
    });
    expect(Object.keys(customAttributes)).toContain('Colour');
  });
});

test('serves the UI where it says', async () => {
  const server = await start({ dataDir: temporaryFolder(), ui: true, inMemory: true });
  const answer = await fetch(server.uiUrl ?? '');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    expect.stringContaining('text/html'),
  ]);
});

test('a server whose process was killed is taken over, and then stopped by the one that took it', async () => {
  const dataDir = temporaryFolder();
  const module = pathToFileURL(inProject('src', 'temporal', 'dev-server', 'start-dev-server.ts')).href;
  const code = `const { startDevServer } = await import(${JSON.stringify(module)});
    const { pid } = await startDevServer({ dataDir: ${JSON.stringify(dataDir)}, ui: false });
    console.log(pid); setInterval(() => {}, 1000);`;
  const service = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = Number(String((await once(service.stdout, 'data'))[0]));
  onTestFinished(() => {
    if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  });

  const borrowed = await start({ dataDir });
  expect(borrowed.pid).toBe(pid);
  await borrowed.stop();
  expect(isAlive(pid)).toBe(true);

  service.kill('SIGKILL');
  await once(service, 'exit');
  const adopted = await start({ dataDir });
  expect(adopted.pid).toBe(pid);
  expect((await stateOf(dataDir)).ownerPid).toBe(process.pid);
  await adopted.stop();
  await adopted.exited;
  expect(isAlive(pid)).toBe(false);
});

test('a server that was killed itself is started anew', async () => {
  const dataDir = temporaryFolder();
  const first = await start({ dataDir });
  process.kill(first.pid, 'SIGKILL');
  expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' });
  const second = await start({ dataDir });
  expect(second.pid).not.toBe(first.pid);
});

test('two that start at once in one folder share one server', async () => {
  const dataDir = temporaryFolder();
  const [first, second] = await Promise.all([start({ dataDir }), start({ dataDir })]);
  expect(second.pid).toBe(first.pid);
});

test('in memory leaves no database', async () => {
  const dataDir = temporaryFolder();
  await start({ dataDir, inMemory: true });
  expect(existsSync(join(dataDir, 'temporal.db'))).toBe(false);
});

test('a server that ends at its start is an error with the end of its log', async () => {
  const dataDir = temporaryFolder();
  const executable = await fakeExecutable(
    dataDir,
    'temporal',
    '[ "$3" = --help ] || { echo the disk is full; exit 3; }',
  );
  await expect(startDevServer({ dataDir, executable })).rejects.toThrow(
    /ended at its start \(exit code 3\)[^]*the disk is full/,
  );
});

test('a port that was taken in between is told apart, to try another', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as AddressInfo;
  const dataDir = temporaryFolder();
  const executable = await ensureExecutable({ report: () => undefined });
  const place = { ip: '127.0.0.1', port, uiPort: undefined, databaseFile: undefined };
  await expect(launchServer(executable, dataDir, place, { dataDir })).rejects.toThrow(PortTakenError);
});

test('an executable that is no Temporal CLI is named as such', async () => {
  const dataDir = temporaryFolder();
  const executable = await fakeExecutable(dataDir, 'other', 'exit 1');
  await expect(startDevServer({ dataDir, executable })).rejects.toThrow(/is it the Temporal CLI\?/);
});
