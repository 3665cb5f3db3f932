import { startStack } from '../stack/start-stack.js';
import type { Ground } from './ground.js';
import { chaosSettings } from './settings.js';

/** Versions of the servers that a run was on. */
export interface StackVersions {
  postgres: string;
  temporal: string;
}

/** The stack of docker-compose.yml as processes of this machine. */
export async function startStackGround(
  folder: string,
  report: (line: string) => void,
): Promise<Ground & { versions: StackVersions; workers: number }> {
  const stack = await startStack({ folder, sandbox: true, settings: chaosSettings, report });
  const { sandbox, api, apiToken, parts, databases, versions, workers } = stack;
  if (sandbox === undefined) throw new Error('The stack has no sandbox.');
  return {
    apiUrl: api.url,
    apiToken,
    sandbox,
    parts,
    versions: { postgres: databases.version, temporal: versions.temporal },
    workers: workers.length,
    close: () => stack.close(),
  };
}
