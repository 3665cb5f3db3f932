import type { ConnectionInput, PortalLinkOptions } from '@dci-superoffice/client';
import type { Command } from 'commander';
import { connectionRows } from '../connection.js';
import { exitCodes } from '../exit-codes.js';
import type { Act } from '../program.js';
import { askForSecret, askWhether, readSecretFile } from '../secrets.js';
import { testWords } from '../test-report.js';
import { UsageError } from '../usage-error.js';
import { columns, count, localTime } from '../words.js';

interface ConnectFlags {
  prefix: string;
  customer?: string;
  includeId?: string;
  timeZone?: string;
  keyFile?: string;
}

interface LinkFlags {
  readOnly?: boolean;
  language?: NonNullable<PortalLinkOptions['language']>;
}

/** Connect, test, link, pause, resume, disconnect. */
export function addConnectionCommands(program: Command, act: Act): void {
  program
    .command('connect')
    .description('connect a tenant to its SuperOffice; asks for the token key, or reads it from stdin')
    .argument('<tenant>', 'id of the tenant')
    .requiredOption('--prefix <prefix>', 'subdomain of the customer’s SuperOffice, or an address of it')
    .option('--customer <instance>', 'customer instance, such as Cust12345')
    .option('--include-id <name>', 'include name of the receiver script')
    .option('--time-zone <zone>', 'SuperOffice’s base time zone, such as Europe/Oslo')
    .option('--key-file <file>', 'read the token key from a file; "-" stands for stdin')
    .addHelpText(
      'after',
      `
The key of the receiver script is never taken from the command line, where others see it.

Examples:
  $ dci-superoffice connect acme --prefix online2 --customer Cust12345
  $ pass show acme/superoffice | dci-superoffice connect acme --prefix https://online2.superoffice.com/Cust12345
`,
    )
    .action(
      act(async ({ client, output }, tenantId: string, flags: ConnectFlags) => {
        if (/[?&]key=/i.test(flags.prefix)) {
          throw new UsageError(
            'This address carries the token key: leave it out, and have the key asked for.',
          );
        }
        const connection = await client.tenant(tenantId).connect(await inputOf(flags));
        output.result(connection, () => columns(connectionRows(output, connection)));
        if (!output.isJson) output.note(`Now test it: dci-superoffice test ${tenantId}`);
        return undefined;
      }),
    );

  program
    .command('test')
    .description('test the connection with a real call, which files nothing')
    .argument('<tenant>', 'id of the tenant')
    .action(
      act(async ({ client, output }, tenantId: string) => {
        const report = await client.tenant(tenantId).test();
        output.result(report, () => testWords(output, report));
        return report.passed ? exitCodes.done : exitCodes.no;
      }),
    );

  for (const verb of ['pause', 'resume'] as const) {
    const descriptions = {
      pause: 'pause the sync: summaries are skipped, the credentials kept',
      resume: 'resume the sync, and start everything parked again',
    };
    program
      .command(verb)
      .description(descriptions[verb])
      .argument('<tenant>', 'id of the tenant')
      .action(
        act(async ({ client, output }, tenantId: string) => {
          const connection = await client.tenant(tenantId)[verb]();
          output.result(connection, () => columns(connectionRows(output, connection)));
          return undefined;
        }),
      );
  }

  program
    .command('link')
    .description('make a link that lets an admin into the tenant’s settings page, for a few minutes')
    .argument('<tenant>', 'id of the tenant')
    .option('--read-only', 'the page may only be looked at')
    .option('--language <language>', 'of the page: en, sv or nb')
    .action(
      act(async ({ client, output }, tenantId: string, { readOnly = false, language }: LinkFlags) => {
        const link = await client.tenant(tenantId).portalLink({ readOnly, ...(language && { language }) });
        output.result(link, () => link.url);
        if (!output.isJson) output.note(`Whoever has it is let in, until ${localTime(link.expiresAt)}.`);
        return undefined;
      }),
    );

  program
    .command('disconnect')
    .description('erase the token key and cancel what is under way; records in SuperOffice stay')
    .argument('<tenant>', 'id of the tenant')
    .option('-y, --yes', 'do not ask')
    .action(
      act(async ({ client, output }, tenantId: string, { yes = false }: { yes?: boolean }) => {
        if (!yes && !(await askWhether(`Disconnect ${tenantId} and cancel its pending deliveries?`))) {
          output.note('Nothing was changed.');
          return exitCodes.no;
        }
        const outcome = await client.tenant(tenantId).disconnect();
        output.result(outcome ?? { state: 'disconnecting' }, () =>
          outcome
            ? `Disconnected; ${count(outcome.cancelledDeliveries, 'delivery', 'deliveries')} cancelled.`
            : 'It takes longer, and goes on.',
        );
        return undefined;
      }),
    );
}

async function inputOf({
  prefix,
  customer,
  includeId,
  timeZone,
  keyFile,
}: ConnectFlags): Promise<ConnectionInput> {
  const token =
    keyFile === undefined
      ? await askForSecret('Token key of the receiver script: ', 'token key')
      : await readSecretFile(keyFile, 'token key');
  if (token === '') throw new UsageError('The token key is empty.');
  return {
    domainPrefix: prefix,
    token,
    ...(customer !== undefined && { customerInstance: customer }),
    ...(includeId !== undefined && { includeId }),
    ...(timeZone !== undefined && { timeZone }),
  };
}
