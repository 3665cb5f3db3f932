import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Where results and complaints go: words for people, or JSON for programs. */
export interface Output {
  readonly isJson: boolean;
  /** The result: as one line of JSON, or as what `words` says of it. */
  result(value: unknown, words: () => string): void;
  /** A word beside the result, for people only; never where a program reads. */
  note(text: string): void;
  fail(kind: string, message: string): void;
  /** Coloured where colours are seen and wanted. */
  style(style: Style, text: string): string;
}

/** @param env whose `NO_COLOR` turns colours off, as everywhere (no-color.org) */
export function createOutput(
  isJson: boolean,
  { stdout, stderr, env }: Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env'> = process,
): Output {
  const isColoured = stdout.isTTY && !env.NO_COLOR && env.TERM !== 'dumb';
  return {
    isJson,
    result(value, words) {
      stdout.write(`${isJson ? JSON.stringify(value) : words()}\n`);
    },
    note(text) {
      stderr.write(`${text}\n`);
    },
    fail(kind, message) {
      stderr.write(isJson ? `${JSON.stringify({ error: { kind, message } })}\n` : `${message}\n`);
    },
    style: (style, text) => (isColoured ? styleText(style, text, { validateStream: false }) : text),
  };
}
