import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { inProject } from '../scripts/lib/project.mjs';

/** Makes an .env with fresh secrets, as `npm run new-env` does, and reads it. */
export function makeEnvFile(file: string): Record<string, string> {
  execFileSync(process.execPath, [inProject('scripts', 'new-env.mjs'), file], { stdio: 'ignore' });
  const variables = parseEnv(readFileSync(file, 'utf8'));
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, value ?? '']));
}
