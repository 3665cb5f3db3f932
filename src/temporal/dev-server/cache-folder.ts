import { homedir } from 'node:os';
import { join } from 'node:path';

/** The release of the Temporal CLI that is installed; the last one that `go install` can build. */
export const CLI_VERSION = '1.5.1';

/** The executable's file name on this platform. */
export const EXECUTABLE_NAME = process.platform === 'win32' ? 'temporal.exe' : 'temporal';

/** The user's cache folder for the CLI: outside the clone, so that every clone shares one installation. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return programCacheFolder(env, `temporal-cli-${CLI_VERSION}`);
}

/** The user's cache folder for a program of this name and version. */
export function programCacheFolder(env: NodeJS.ProcessEnv, program: string): string {
  return join(userCacheFolder(env), 'dci-superoffice', program);
}

/** Where the installed executable is, or will be. */
export function cachedExecutable(env: NodeJS.ProcessEnv): string {
  return join(cacheFolder(env), EXECUTABLE_NAME);
}

function userCacheFolder(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (process.platform === 'win32') return setOr(env.LOCALAPPDATA, join(homedir(), 'AppData', 'Local'));
  return setOr(env.XDG_CACHE_HOME, join(homedir(), '.cache'));
}

/** An empty variable counts as not set, as the XDG specification asks. */
function setOr(value: string | undefined, fallback: string): string {
  return value === undefined || value === '' ? fallback : value;
}
