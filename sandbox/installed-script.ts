import { readFileSync } from 'node:fs';
import { compile, type Program } from './crmscript/compile.js';
import { scriptText } from './crmscript/script-text.js';

/** The script that customers install, as it is shipped. */
export const SHIPPED_SCRIPT = readFileSync(
  new URL('../superoffice/receive-summary.crmscript', import.meta.url),
  'utf8',
);

/** What an administrator changes in the script; and its version, so that an older one can be played. */
export interface ScriptConstants {
  scriptVersion: string;
  signingSecret: string;
  fallbackOwnerId: number;
  /** Left out: that of the shipped script. */
  maxParts?: number;
}

/** The version of the shipped script. */
export const SHIPPED_VERSION = constantOf('String VERSION').slice(1, -1);

const programs = new Map<string, Program>();

/** The shipped script with an administrator's changes, ready to run; compiled once for each of them. */
export function installedScript({
  scriptVersion,
  signingSecret,
  fallbackOwnerId,
  maxParts,
}: ScriptConstants): Program {
  const changed = [
    ['String VERSION', `"${scriptVersion}"`],
    ['String SIGNING_SECRET', `"${signingSecret}"`],
    ['Integer FALLBACK_OWNER', String(fallbackOwnerId)],
    ['Integer MAX_PARTS', maxParts === undefined ? constantOf('Integer MAX_PARTS') : String(maxParts)],
  ].reduce(
    (text, [declaration = '', value = '']) =>
      text.replace(`${declaration} = ${constantOf(declaration)};`, `${declaration} = ${value};`),
    SHIPPED_SCRIPT,
  );
  const program = programs.get(changed) ?? compile(changed);
  programs.set(changed, program);
  return program;
}

/**
 * What the endpoint answers when the script is saved without %EJSCRIPT_START% and %EJSCRIPT_END%: "or else we'll
 * receive the entire code as output" (docs: call-script-in-cs-with-ajax.mdx).
 */
export const SCRIPT_SOURCE = scriptText(SHIPPED_SCRIPT).code.trimStart();

function constantOf(declaration: string): string {
  const value = new RegExp(`^${declaration} = (.*);$`, 'm').exec(SHIPPED_SCRIPT)?.[1];
  if (value === undefined) throw new Error(`The receiver script declares no ${declaration}.`);
  return value;
}
