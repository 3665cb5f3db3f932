import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const KEPT_LINES = 8;

/** How to run a command: its environment and folder, where its lines go, and when to give up. */
export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly onLine?: (line: string) => void;
  readonly timeoutMs?: number;
}

/**
 * Runs a command to its end and returns the last lines that it wrote.
 * @throws Error with these lines when it cannot be started, fails, or outlasts `timeoutMs`
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const child = spawn(command, args, {
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs, killSignal: 'SIGKILL' }),
  });
  const kill = () => child.kill();
  process.once('exit', kill);
  const lastLines: string[] = [];
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      if (line.trim() === '') return;
      lastLines.push(line);
      if (lastLines.length > KEPT_LINES) lastLines.shift();
      options.onLine?.(line);
    });
  }
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => {
        if (code === 0) resolve();
        else
          reject(new Error(`ended with ${signal ?? `exit code ${code ?? '?'}`}: ${lastLines.join(' | ')}`));
      });
    });
  } finally {
    process.removeListener('exit', kill);
  }
  return lastLines.join('\n');
}
