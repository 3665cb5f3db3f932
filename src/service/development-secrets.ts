import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateKey } from '../domain/key-ring.js';

const DEVELOPMENT_SECRETS_FILE = 'development-secrets.json';

/** Variables that have no safe default. */
export type Secrets = Record<'API_TOKENS' | 'SEALING_KEYS' | 'PAYLOAD_KEYS', string>;

/** New secrets, for a service that nobody shares. */
export function generateSecrets(): Secrets {
  return {
    API_TOKENS: `development:${randomBytes(24).toString('base64url')}`,
    SEALING_KEYS: generateKey('development'),
    PAYLOAD_KEYS: generateKey('development'),
  };
}

/**
 * Secrets for a service on its embedded database: made once, kept in the data folder, readable by its owner only.
 * A service on a database that others reach gets none; it must be given its own.
 */
export function developmentSecrets(dataDir: string): Secrets {
  const file = join(dataDir, DEVELOPMENT_SECRETS_FILE);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const secrets = generateSecrets();
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  return secrets;
}
