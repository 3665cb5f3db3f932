import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';
import { startPostgresServer } from '../../stack/postgres/server.js';
import { ensureExecutable } from '../../src/temporal/dev-server/install-executable.js';
import { registerSearchAttributes } from '../../src/temporal/register-search-attributes.js';
import { temporaryFolder } from '../temporal/dev-server/fakes.js';

const run = promisify(execFile);

describe('deploy/create-namespace.sh', () => {
  test('makes a namespace with all that the service needs, and leaves it alone when run again', async () => {
    const namespace = `made-by-script-${randomBytes(4).toString('hex')}`;
    const bin = join(temporaryFolder(), 'bin');
    mkdirSync(bin);
    symlinkSync(await ensureExecutable({ report: () => undefined }), join(bin, 'temporal'));
    const env = {
      ...process.env,
      PATH: `${bin}:${process.env.PATH ?? ''}`,
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      TEMPORAL_NAMESPACE: namespace,
      RETENTION: '31d',
    };
    for (const round of ['first', 'second']) {
      const { stdout } = await run('sh', [inProject('deploy', 'create-namespace.sh')], { env });
      expect(stdout, round).toContain(`The namespace "${namespace}" is ready.`);
    }

    const connection = await Connection.connect({ address: inject('temporalAddress') });
    onTestFinished(() => connection.close());
    const { config } = await connection.workflowService.describeNamespace({ namespace });
    expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(31 * 86_400);
    const before = await connection.operatorService.listSearchAttributes({ namespace });
    await registerSearchAttributes(new Client({ connection, namespace }));
    const after = await connection.operatorService.listSearchAttributes({ namespace });
    expect(Object.keys(before.customAttributes).sort()).toEqual(Object.keys(after.customAttributes).sort());
  });
});

describe.runIf(existsSync('/usr/lib/postgresql'))('deploy/create-databases.sh', () => {
  test('gives Temporal and the service databases that the other can not enter', async () => {
    const server = await startPostgresServer({
      sources: ['debian'],
      production: { password: 'of-the-superuser', maxConnections: 20 },
    });
    onTestFinished(() => server.stop());
    const { hostname, port } = new URL(server.url);
    await run('sh', [inProject('deploy', 'create-databases.sh')], {
      env: {
        PATH: `${server.binaries}:${process.env.PATH ?? ''}`,
        PGHOST: hostname,
        PGPORT: port,
        PGPASSWORD: 'of-the-superuser',
        TEMPORAL_DB_PASSWORD: "of-temporal'",
        SERVICE_DB_PASSWORD: 'of-the-service',
      },
    });
    const enter = async (user: string, password: string, database: string) => {
      const client = new pg.Client({ host: hostname, port: Number(port), user, password, database });
      await client.connect();
      await client.query('CREATE TABLE proof (id int)');
      await client.end();
    };
    await enter('temporal', "of-temporal'", 'temporal');
    await enter('temporal', "of-temporal'", 'temporal_visibility');
    await enter('service', 'of-the-service', 'service');
    await expect(enter('service', 'of-the-service', 'temporal')).rejects.toThrow(/permission denied/);
    await expect(enter('temporal', "of-temporal'", 'service')).rejects.toThrow(/permission denied/);
    await expect(enter('service', 'wrong', 'service')).rejects.toThrow(/password authentication failed/);
  });
});
