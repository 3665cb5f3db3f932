import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { UsageError } from './usage-error.js';

let isStdinRead = false;

/** The first line of what is piped in; once, since it is gone then. */
export async function readStdin(what: string): Promise<string> {
  if (isStdinRead) throw new UsageError(`Only one thing can be piped in; give the ${what} in another way.`);
  isStdinRead = true;
  return firstLine(await text(process.stdin));
}

/** The first line of a file; `-` stands for what is piped in. */
export async function readSecretFile(file: string, what: string): Promise<string> {
  if (file === '-') return readStdin(what);
  const content = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`The file with the ${what} can't be read: ${(error as Error).message}`);
  });
  return firstLine(content);
}

/** Asks for a secret without showing what is typed; where there is no terminal, reads what is piped in. */
export async function askForSecret(question: string, what: string): Promise<string> {
  if (!process.stdin.isTTY) return readStdin(what);
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return (await terminal.question('')).trim();
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}

/** Asks a question that is answered by y or n; n where nobody can be asked. */
export async function askWhether(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new UsageError(`${question} Say so with --yes: there is nobody to ask.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}

function firstLine(content: string): string {
  return content.split(/\r?\n/, 1)[0]?.trim() ?? '';
}
