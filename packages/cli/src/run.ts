import { CommanderError } from 'commander';
import { type ExitCode, exitCodes } from './exit-codes.js';
import { createOutput } from './output.js';
import { createProgram } from './program.js';
import { reportError } from './report-error.js';

/** Runs a command line, and says what went wrong: the exit code. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.done;
  const program = createProgram((code) => (exitCode = code));
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    // It has said already what is wrong; asked for help or the version, nothing is.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    return reportError(error, createOutput(args.includes('--json')));
  }
}
