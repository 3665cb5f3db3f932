import { type Client, createClient } from '@dci-superoffice/client';
import { createOutput, type Output } from './output.js';
import { readSecretFile } from './secrets.js';
import { UsageError } from './usage-error.js';

/** Options that every command has. */
export interface GlobalOptions {
  url: string;
  token?: string;
  tokenFile?: string;
  json?: boolean;
}

/** What a command works with. */
export interface Context {
  client: Client;
  output: Output;
  /** Aborted when a command that goes on until it is ended is to end. */
  signal: AbortSignal | undefined;
}

/** How a command calls the service. */
export interface CallOptions {
  /** For how long a call is made again while the service is away, in milliseconds; not at all by default. */
  retryForMs?: number | undefined;
  /** Ends its calls. */
  signal?: AbortSignal | undefined;
}

/**
 * @throws UsageError when there is no token, or the address is none
 */
export async function contextOf(options: GlobalOptions, calls: CallOptions): Promise<Context> {
  if (!/^https?:\/\//.test(options.url) || !URL.canParse(options.url)) {
    throw new UsageError(`"${options.url}" is no address; give one such as https://summaries.example.com.`);
  }
  const baseUrl = options.url.replace(/\/+$/, '');
  return {
    client: createClient({ baseUrl, token: await tokenOf(options), ...calls }),
    output: createOutput(options.json ?? false),
    signal: calls.signal,
  };
}

async function tokenOf({ token, tokenFile }: GlobalOptions): Promise<string> {
  const given = tokenFile === undefined ? token : await readSecretFile(tokenFile, 'token');
  if (given === undefined || given === '') {
    throw new UsageError(
      'Give a token of the service: DCI_SUPEROFFICE_TOKEN=…, or --token-file FILE ("-" reads it from stdin).',
    );
  }
  return given;
}
