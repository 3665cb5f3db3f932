import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { API_TOKEN } from '../../../support/harness.js';

const bin = fileURLToPath(new URL('../../../../packages/cli/bin/dci-superoffice.js', import.meta.url));

/** What a command line came to. */
export interface CliResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export interface CliOptions {
  /** Piped in. */
  input?: string;
  env?: NodeJS.ProcessEnv;
}

/** Starts the command as an operator does, in a process of its own. */
export function startCli(url: string, args: readonly string[], { env = {} }: CliOptions = {}) {
  const given = { DCI_SUPEROFFICE_URL: url, DCI_SUPEROFFICE_TOKEN: API_TOKEN, ...env };
  return spawn(process.execPath, [bin, ...args], { env: { PATH: process.env.PATH, ...given } });
}

/** Runs it to its end. */
export async function runCli(
  url: string,
  args: readonly string[],
  options: CliOptions = {},
): Promise<CliResult> {
  const child = startCli(url, args, options);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.end(options.input ?? '');
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, stdout, stderr };
}
