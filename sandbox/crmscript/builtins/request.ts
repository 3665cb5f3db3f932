import { createHmac } from 'node:crypto';
import { UndocumentedUseError } from '../errors.js';
import type { Builtin } from '../run.js';
import { textOf } from '../values.js';

/** The HTTP request and its answer (docs: CRMScript.Global.Void). */
export const request: Record<string, Builtin> = {
  'getCgiContent()': (run) => run.request.body,
  'getHttpHeader(String)': (run, _self, [name]) => {
    const header = textOf(name).toLowerCase();
    if (!header.startsWith('x-crmscript-')) {
      throw new UndocumentedUseError(
        `The script asks for the header ${header}, which may be hidden from it.`,
      );
    }
    return run.request.headers[header] ?? null;
  },
  'setParserVariable(String,String)': (run, _self, [name, value]) =>
    void run.parserVariables.set(textOf(name), textOf(value)),
  'print(String)': (run, _self, [text]) => {
    run.printed += textOf(text);
  },
  'log(String)': (run, _self, [text]) => void run.logged.push(textOf(text)),
  // Over the characters' bytes as far as the body is ASCII; SuperOffice's own examples are (docs: encodeSHA256).
  'encodeSHA256(String,String)': (_run, _self, [key, value]) =>
    createHmac('sha256', textOf(key)).update(textOf(value)).digest('hex'),
};
