import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../domain/errors.js';

/**
 * Makes the data folder, readable by its owner only, and claims it: two services on one embedded database would
 * destroy it. A claim that a killed process left behind is taken over.
 *
 * @throws ConfigurationError while another process holds the folder
 */
export function claimDataFolder(folder: string): { release: () => void } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const claim = join(folder, 'service.pid');
  const holder = holderOf(claim);
  if (holder !== undefined) {
    throw new ConfigurationError([
      `DATA_DIR is in use by another service (process ${holder}); stop it, or give this one a folder of its own`,
    ]);
  }
  writeFileSync(claim, String(process.pid), { mode: 0o600 });
  return { release: () => rmSync(claim, { force: true }) };
}

/** The living process that holds a claim. */
function holderOf(claim: string): number | undefined {
  try {
    const pid = Number(readFileSync(claim, 'utf8'));
    if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return undefined;
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    // EPERM: it lives, as another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 0 : undefined;
  }
}
