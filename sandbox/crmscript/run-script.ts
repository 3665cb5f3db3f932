import type { CrmTables } from './crm-tables.js';
import type { Program } from './compile.js';
import { ScriptError } from './errors.js';
import { Run, type ScriptRequest } from './run.js';

/** What a script answers. */
export interface ScriptAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** What it wrote to SuperOffice's debug log. */
  logged: string[];
}

/**
 * Runs a script for one request, to its end.
 *
 * @throws ScriptError what the script does not catch
 * @throws ScriptKilledError when it runs for too long
 * @throws UndocumentedUseError when it relies on what the documentation leaves open
 */
export function runScript(
  program: Program,
  request: ScriptRequest,
  tables: CrmTables,
  beforeCrmCall?: (call: string) => void,
): ScriptAnswer {
  const run = new Run(request, tables, beforeCrmCall);
  program.execute(run);
  const { status, headers } = readHeaders(run.parserVariables.get('ej.headers'));
  return { status, headers, body: run.printed, logged: run.logged };
}

/**
 * Status and headers, which a script sets as one variable (docs: build-custom-rest-api-methods.mdx). Set by nobody, the
 * answer is a page.
 */
function readHeaders(text: string | undefined): Pick<ScriptAnswer, 'status' | 'headers'> {
  const headers: Record<string, string> = { 'content-type': 'text/html' };
  let status = 200;
  for (const line of (text ?? '').split('\n').filter((one) => one !== '')) {
    const [, name, value] = /^([\w-]+): (.+)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new ScriptError(`This is no header: ${line}`);
    if (name === 'Status') status = Number(value.slice(0, 3));
    else headers[name.toLowerCase()] = value;
  }
  return { status, headers };
}
