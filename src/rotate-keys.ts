import { parseArgs } from 'node:util';
import { loadConfig } from './config.js';
import { ConfigurationError } from './domain/errors.js';
import { openDatabase } from './service/database.js';
import { createLogger } from './service/logger.js';
import { rotateKeys } from './service/rotate-keys.js';
import { createLazyClient } from './temporal/connection.js';
import { createDataConverter } from './temporal/data-converter.js';
import { payloadKeysInUse } from './temporal/payload-keys.js';

/** `npm run rotate-keys`, for a service over a PostgreSQL and a Temporal server of its own. */
process.exitCode = await main();

async function main(): Promise<number> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  try {
    const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
    const config = loadConfig(process.env, 'worker');
    if (!config.temporal) throw new ConfigurationError(['TEMPORAL_ADDRESS is missing']);
    const client = createLazyClient(config.temporal, createDataConverter(config.payloadKeys));
    const database = await openDatabase(config, createLogger(config.logLevel));
    try {
      const isComplete = await rotateKeys(
        {
          ...config,
          queries: database.queries,
          payloadKeysInUse: () => payloadKeysInUse(client, config.taskQueue),
          say,
        },
        { isDryRun: values.check },
      );
      return isComplete ? 0 : 1;
    } finally {
      await database.close();
      await client.connection.close();
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'unknown failure'}\n`);
    return 1;
  }
}
