import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';

// The .env of docker-compose.yml: what it has no defaults for, fresh.
const file = process.argv[2] ?? '.env';
const password = () => randomBytes(24).toString('base64url');
const key = () => `${new Date().toISOString().slice(0, 10)}:${randomBytes(32).toString('base64')}`;

const text = `# Made by "npm run new-env". Keep a copy where the backups are not: without SEALING_KEYS and PAYLOAD_KEYS
# a backup of the databases can not be read.
POSTGRES_PASSWORD=${password()}
TEMPORAL_DB_PASSWORD=${password()}
SERVICE_DB_PASSWORD=${password()}
API_TOKENS=dci:${password()}
SEALING_KEYS=${key()}
PAYLOAD_KEYS=${key()}
`;

try {
  writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  console.log(`Made ${file}. Keep a copy of it in a safe place.`);
} catch (error) {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  console.error(`${file} is there already, and its secrets are in use: it stays as it is.`);
  process.exitCode = 1;
}
