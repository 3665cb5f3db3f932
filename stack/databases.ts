import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inProject } from '../scripts/lib/project.mjs';
import type { ComposeService } from './compose-file.js';
import { type PostgresServer, startPostgresServer } from './postgres/server.js';

/** A PostgreSQL with the roles and databases of production. */
export interface Databases extends PostgresServer {
  host: string;
  port: string;
  /** Such as `15.18`. */
  version: string;
}

/** Starts PostgreSQL, on a disk that is synced, and runs the script that its image runs on an empty volume. */
export async function startDatabases({ environment, command }: ComposeService): Promise<Databases> {
  const server = await startPostgresServer({
    // The npm package brings no psql, which the script needs.
    sources: ['PG_BIN_DIR', 'debian'],
    production: {
      password: environment.POSTGRES_PASSWORD ?? '',
      maxConnections: Number(/max_connections=(\d+)/.exec(command.join(' '))?.[1] ?? 100),
    },
  });
  try {
    const { hostname: host, port, username, password } = new URL(server.url);
    const connection = { PGHOST: host, PGPORT: port, PGUSER: username, PGPASSWORD: password };
    const run = async (program: string, args: string[], env: NodeJS.ProcessEnv = {}) => {
      const PATH = `${server.binaries}:${process.env.PATH ?? ''}`;
      return (
        await promisify(execFile)(program, args, { env: { ...process.env, ...connection, ...env, PATH } })
      ).stdout;
    };
    if (!existsSync(join(server.binaries, 'psql')))
      throw new Error(`There is no psql in ${server.binaries}.`);
    await run('sh', [inProject('deploy', 'create-databases.sh')], environment);
    const version = await run('psql', ['-XAtc', 'show server_version', 'postgres']);
    return { ...server, host, port, version: version.split(' ')[0]?.trim() ?? '' };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
