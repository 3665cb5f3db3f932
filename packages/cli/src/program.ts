import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { addConnectionCommands } from './commands/connection.js';
import { addDeliveryCommands } from './commands/deliveries.js';
import { addStatusCommand } from './commands/status.js';
import { addTailCommand } from './commands/tail.js';
import { type ExitCode, exitCodes } from './exit-codes.js';
import { type Context, contextOf, type GlobalOptions } from './settings.js';
import { untilInterrupted } from './until-interrupted.js';

/** What a command does with its arguments, its options last; undefined stands for done. */
export type Action<Args extends unknown[]> = (
  context: Context,
  ...args: Args
) => Promise<ExitCode | undefined>;

/** How a command is run. */
export interface ActOptions {
  /** For how long a call is made again while the service is away, in milliseconds; not at all by default. */
  retryForMs?: number;
  /** It goes on until Ctrl-C or a SIGTERM ends it, which is then its end and no failure. */
  isEndless?: boolean;
}

/** Turns what a command does into what commander calls. */
export type Act = <Args extends unknown[]>(
  action: Action<Args>,
  options?: ActOptions,
) => (...args: [...Args, ...unknown[]]) => Promise<void>;

const DEFAULT_URL = 'http://127.0.0.1:3000';

const help = `
Where the service is, and who you are:
  DCI_SUPEROFFICE_URL     address of the service, in place of --url
  DCI_SUPEROFFICE_TOKEN   token of the service, in place of --token, which stays in your shell's history
  NO_COLOR                no colours

Exit codes:
  0  done
  1  the answer is no: the test failed, or SuperOffice refused the connection
  2  the command line is wrong, or something that it needs is missing
  3  the service refused: wrong token, unknown tenant or delivery, or not possible in this state
  4  the service is away, or did not answer

Examples:
  $ dci-superoffice status acme
  $ dci-superoffice connect acme --prefix online2 --customer Cust12345
  $ dci-superoffice parked acme
  $ dci-superoffice retry acme --all
  $ dci-superoffice tail acme --json | jq -c 'select(.state == "parked")'
`;

/** @param ended gets the exit code of a command that came to its end */
export function createProgram(ended: (exitCode: ExitCode) => void): Command {
  const program = new Command('dci-superoffice')
    .description('Looks after the meeting summaries on their way into SuperOffice.')
    .version(versionOfPackage(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help, or that of a command')
    .helpCommand(false)
    .addOption(
      new Option('--url <url>', 'address of the service').env('DCI_SUPEROFFICE_URL').default(DEFAULT_URL),
    )
    .addOption(new Option('--token <token>', 'token of the service').env('DCI_SUPEROFFICE_TOKEN'))
    .option('--token-file <file>', 'read the token from a file; "-" stands for stdin')
    .option('--json', 'print JSON for programs, errors as well')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(--help tells what there is)')
    .addHelpText('after', help)
    .exitOverride();

  const act: Act =
    <Args extends unknown[]>(action: Action<Args>, { retryForMs, isEndless = false }: ActOptions = {}) =>
    async (...args) => {
      const command = args.at(-1) as Command;
      const run = async (signal?: AbortSignal) => {
        const context = await contextOf(command.optsWithGlobals<GlobalOptions>(), { retryForMs, signal });
        return (await action(context, ...(args.slice(0, -1) as Args))) ?? exitCodes.done;
      };
      ended(await (isEndless ? untilInterrupted(run, exitCodes.done) : run()));
    };

  addStatusCommand(program, act);
  addDeliveryCommands(program, act);
  addTailCommand(program, act);
  addConnectionCommands(program, act);
  return program;
}

function versionOfPackage(): string {
  const file = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}
