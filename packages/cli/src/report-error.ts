import { ProblemError, UnexpectedAnswerError, UnreachableError } from '@dci-superoffice/client';
import { type ExitCode, exitCodes } from './exit-codes.js';
import type { Output } from './output.js';
import { UsageError } from './usage-error.js';

/** Says what went wrong and what to do: the exit code. */
export function reportError(error: unknown, output: Output): ExitCode {
  output.fail(kindOf(error), messageOf(error));
  return exitCodeOf(error);
}

function kindOf(error: unknown): string {
  if (error instanceof ProblemError) return error.kind;
  if (error instanceof UsageError) return 'usage';
  if (error instanceof UnreachableError) return 'unreachable';
  return error instanceof UnexpectedAnswerError ? 'unexpected-answer' : 'internal';
}

function messageOf(error: unknown): string {
  if (error instanceof ProblemError) return `${error.message}${hintOf(error)}`;
  if (error instanceof UnreachableError) {
    return `${error.message}\nIs the service up, and --url (DCI_SUPEROFFICE_URL) its address?`;
  }
  return error instanceof Error ? error.message : String(error);
}

function hintOf({ kind, problem }: ProblemError): string {
  if (kind === 'unauthorized') return '\nGive the token by --token-file or DCI_SUPEROFFICE_TOKEN.';
  if (kind === 'connection-refused' && problem.cause !== undefined) return `\nCause: ${problem.cause}`;
  return '';
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError) return exitCodes.usage;
  if (!(error instanceof ProblemError)) return exitCodes.away;
  if (error.kind === 'connection-refused') return exitCodes.no;
  return error.status >= 500 || error.status === 429 ? exitCodes.away : exitCodes.refused;
}
