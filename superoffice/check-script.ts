import { type Expression, isFunction, type Script, type Statement } from '../sandbox/crmscript/ast.js';
import { compile } from '../sandbox/crmscript/compile.js';
import { documentedTypes } from '../sandbox/crmscript/documented-calls.js';
import { CompileError, type Position } from '../sandbox/crmscript/errors.js';
import { parse } from '../sandbox/crmscript/parser.js';
import { scriptText } from '../sandbox/crmscript/script-text.js';

/** What is wrong with a script, and where. */
export interface ScriptProblem {
  line: number;
  message: string;
}

/** Names that mean trouble though the documentation has them, and what to use instead. */
const traps: Record<string, string> = {
  cgiWasPost: 'is false for JSON (build-custom-rest-api-methods.mdx); read getCgiContent()',
  parseJSON: 'gives an empty array one child (CRMScript.Global.Void); use parseJSON2',
  ResolvePersonFromInfo: 'creates persons; search the table "email"',
  SetAgenda: 'is shown to external invitees; a summary belongs in SetInternalNotes',
  SetDescription: 'is shown to external invitees; a summary belongs in SetInternalNotes',
  SetParticipants: "books colleagues' diaries, and invites",
  exitWithMessage: 'answers a page in place of JSON',
  executeSQLQuery: 'is not available in SuperOffice Online (CRMScript.Global.Void)',
  bypassNetServer: 'is not available in SuperOffice Online (se-select.mdx)',
  insert: 'writes past the rules of NetServer; use an agent',
  update: 'writes past the rules of NetServer; use an agent',
  delete: 'writes past the rules of NetServer; use an agent',
};

const REQUIRED_LEVEL = 4;
/** The only header names that every request may bring to a script (CRMScript.Global.Void, getHttpHeader). */
const VISIBLE_HEADER = 'X-CRMSCRIPT-';
const ISO_TIME = /\d{4}-\d\d-\d\dT\d/;

/**
 * Everything that is wrong with a receiver script, as far as it can be told without SuperOffice: its tags, grammar,
 * names and types, calls that are not documented, and the known traps.
 *
 * @param text the script as it is saved, tags and all
 */
export function checkScript(text: string): ScriptProblem[] {
  const problems = charactersOf(text);
  try {
    const script = parse(scriptText(text).code);
    problems.push(...languageLevelOf(script), ...trapsIn(script), ...nestedSearchesIn(script));
    compile(text);
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    problems.push({ line: error.position.line, message: error.message });
  }
  return problems;
}

/** How SuperOffice's editor keeps other characters is left open. */
function charactersOf(text: string): ScriptProblem[] {
  return text
    .split('\n')
    .flatMap((content, index) =>
      /[^\x20-\x7e\t]/.test(content)
        ? [{ line: index + 1, message: 'There is a character beyond ASCII' }]
        : [],
    );
}

function languageLevelOf({ languageLevel }: Script): ScriptProblem[] {
  if (languageLevel === REQUIRED_LEVEL) return [];
  return [{ line: 1, message: `The script has to begin with #setLanguageLevel ${REQUIRED_LEVEL};` }];
}

type Node = Statement | Expression;

/** A part of the tree and everything below it. */
function* nodesIn(part: unknown): Generator<Node> {
  if (typeof part !== 'object' || part === null) return;
  if ('kind' in part) yield part as Node;
  for (const child of Object.values(part)) yield* nodesIn(child);
}

function trapsIn(script: Script): ScriptProblem[] {
  const problems: ScriptProblem[] = [];
  const report = ({ line }: Position, message: string) => void problems.push({ line, message });
  for (const node of nodesIn(script.parts)) {
    if (node.kind === 'call' || node.kind === 'method') {
      const trap = Object.hasOwn(traps, node.name) ? traps[node.name] : undefined;
      if (trap !== undefined) report(node.at, `${node.name} ${trap}`);
      if (node.name === 'getHttpHeader') {
        const [name] = node.arguments;
        if (name?.kind !== 'literal' || !String(name.value).startsWith(VISIBLE_HEADER)) {
          report(node.at, 'A script sees headers of its own only as X-CRMSCRIPT-...');
        }
      }
    } else if (node.kind === 'literal' && ISO_TIME.test(String(node.value))) {
      report(node.at, 'DateTime reads "YYYY-MM-DD HH:MM:SS", and no T or Z (CRMScript.Global.DateTime)');
    } else if (node.kind === 'declaration' && node.value === undefined) {
      const message = withoutValue(node.type);
      if (message !== undefined) report(node.at, `${node.name} ${message}`);
    }
  }
  return problems;
}

/** Why a declaration of a type needs a value; undefined where it needs none. */
function withoutValue(type: string): string | undefined {
  if (type === 'DateTime') return 'is the time of now without a value (CRMScript.Global.DateTime)';
  if (type === 'String' || type === 'Integer' || type === 'Bool') return 'has no value (isNull)';
  const isCarrier = Object.hasOwn(documentedTypes, type) && !documentedTypes[type]?.isMadeByDeclaration;
  return isCarrier
    ? 'is a carrier that is only declared, and is nothing yet; get it from its agent'
    : undefined;
}

/**
 * Searches within the loop over another one, also by way of functions: each row costs a search, and so do 60 s pass
 * (docs: crmscript best practices). A list of ids may be gone through.
 */
function nestedSearchesIn(script: Script): ScriptProblem[] {
  const searching = new Set<string>();
  const searches = (part: unknown) =>
    [...nodesIn(part)].some(
      (node) =>
        (node.kind === 'method' && node.name === 'select') ||
        (node.kind === 'call' && searching.has(node.name)),
    );
  // Functions are declared before they are called, so one pass finds all that search.
  for (const part of script.parts) {
    if (isFunction(part) && searches(part.body)) searching.add(part.name);
  }
  return [...nodesIn(script.parts)].flatMap((node) => {
    const isSearchLoop = node.kind === 'for' && [...nodesIn(node.initial)].some(isSelect);
    return isSearchLoop && searches(node.body)
      ? [
          {
            line: node.at.line,
            message: 'A search stands in the loop over another one; collect the ids first',
          },
        ]
      : [];
  });
}

function isSelect(node: Node): boolean {
  return node.kind === 'method' && node.name === 'select';
}
