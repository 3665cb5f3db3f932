import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { inProject } from '../../scripts/lib/project.mjs';

const MAX_OUTPUT_BYTES = 20 * 1024 * 1024;

/**
 * Runs a program to its end in the project's folder and returns what it printed.
 *
 * @throws Error with all that it printed when it fails
 */
export async function run(
  program: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<string> {
  try {
    const settings = { cwd: inProject(), maxBuffer: MAX_OUTPUT_BYTES, ...options };
    return (await promisify(execFile)(program, [...args], settings)).stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    const said = `${stdout}${stderr}`.trim();
    throw new Error(said === '' ? String(error) : said, { cause: error });
  }
}

/**
 * Expects a program to refuse something.
 *
 * @throws Error when it accepts it, or says nothing that matches
 */
export async function refuses(words: RegExp, attempt: () => Promise<unknown>): Promise<void> {
  const said = await attempt().then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  if (said === undefined)
    throw new Error(`Was accepted, and should have been refused with ${String(words)}.`);
  if (!words.test(said)) throw new Error(`Was refused without ${String(words)}: ${said}`);
}
