import { CompileError } from './errors.js';

const START = '%EJSCRIPT_START%';
const END = '%EJSCRIPT_END%';

/** A script as it is saved, in parts. */
export interface ScriptText {
  /** The code between `<%` and `%>`; each line is where it is in the whole text. */
  code: string;
  /** What the script answers before and after anything that it prints. */
  before: string;
  after: string;
}

/**
 * Takes the tags off (docs: call-script-in-cs-with-ajax.mdx). What stands outside of `<% %>` is part of the answer.
 *
 * @throws CompileError when a tag is missing or stands where it does not belong
 */
export function scriptText(text: string): ScriptText {
  const [start, open, close, end] = [START, '<%', '%>', END].map((tag) => {
    const at = text.indexOf(tag);
    if (at < 0) throw new CompileError(`The tag ${tag} is missing`, { line: 1, column: 1 });
    if (text.includes(tag, at + tag.length)) {
      throw new CompileError(`The tag ${tag} stands twice`, { line: 1, column: 1 });
    }
    return at;
  }) as [number, number, number, number];
  if (!(start < open && open < close && close < end)) {
    throw new CompileError('The tags stand in the wrong order', { line: 1, column: 1 });
  }
  if (text.slice(0, start).trim() !== '' || text.slice(end + END.length).trim() !== '') {
    throw new CompileError('There is text outside of the tags', { line: 1, column: 1 });
  }
  return {
    code: text.slice(0, open + 2).replace(/[^\n]/g, ' ') + text.slice(open + 2, close),
    before: text.slice(start + START.length, open),
    after: text.slice(close + 2, end),
  };
}
