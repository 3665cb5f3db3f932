import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleCrm } from '../../sandbox/sample-crm.js';
import { startSandbox } from '../../sandbox/start.js';

test('writes its authority to a file, in a folder that need not exist', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  const caFile = join(folder, 'new', 'ca.pem');
  const sandbox = await startSandbox({ caFile });
  expect(await readFile(caFile, 'utf8')).toBe(sandbox.caCertificate);
  expect(sandbox.caCertificate).toMatch(/^-----BEGIN CERTIFICATE-----/);
  await sandbox.close();
  await rm(folder, { recursive: true });
});

test('says where it is', async () => {
  const sandbox = await startSandbox();
  expect(sandbox.domain).toBe(`superoffice.localhost:${sandbox.port}`);
  expect(sandbox.stateUrl).toBe(`https://online.superoffice.localhost:${sandbox.port}/api/state`);
  expect(sandbox.adminPort).not.toBe(sandbox.port);
  await sandbox.close();
});

test('fails when its port is taken, and leaves nothing running', async () => {
  const first = await startSandbox();
  await expect(startSandbox({ port: first.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await expect(startSandbox({ adminPort: first.adminPort })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await first.close();
});

test('names the tenant that it does not know', async () => {
  const sandbox = await startSandbox();
  expect(() => sandbox.records('Cust1')).toThrow('The sandbox has no tenant Cust1.');
  await sandbox.close();
});

test('gives two tenants of the same settings CRMs of their own', async () => {
  const sandbox = await startSandbox();
  const crm = sampleCrm();
  const [one, two] = ['Cust1', 'Cust2'].map((customerInstance) =>
    sandbox.addTenant({ customerInstance, ...crm }),
  );
  one?.contacts.pop();
  expect(two?.contacts).toHaveLength(24);
  await sandbox.close();
});
