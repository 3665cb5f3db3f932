import { ScriptError, UndocumentedUseError } from '../errors.js';
import type { Builtin } from '../run.js';
import { numberOf, textOf, XmlNode } from '../values.js';

/** Builds one object; deeper levels are not needed here. */
export class JsonBuilder {
  readonly members: Record<string, unknown> = {};
  state: 'new' | 'open' | 'final' = 'new';
}

function openBuilder(self: unknown): JsonBuilder {
  const builder = self as JsonBuilder;
  if (builder.state !== 'open')
    throw new UndocumentedUseError('A JSONBuilder takes members only inside an object.');
  return builder;
}

const node = (self: unknown) => self as XmlNode;

/** JSON in and out (docs: parseJSON2, CRMScript.Native.XMLNode, CRMScript.Native.JSONBuilder). */
export const json: Record<string, Builtin> = {
  'parseJSON2(String)': (_run, _self, [text]) => {
    try {
      return XmlNode.ofJson(JSON.parse(textOf(text)));
    } catch (error) {
      if (error instanceof SyntaxError) throw new ScriptError('The JSON can not be parsed.');
      throw error;
    }
  },
  'XMLNode.getValueFromPath(String)': (_run, self, [path]) => node(self).find(textOf(path))?.text ?? null,
  'XMLNode.getNodeFromPath(String)': (_run, self, [path]) =>
    node(self).find(textOf(path)) ?? new XmlNode('', '', []),
  'XMLNode.getChildren()': (_run, self) => [...node(self).children],
  'XMLNode.getText()': (_run, self) => node(self).text,
  'JSONBuilder.pushObject(String)': (_run, self, [key]) => {
    const builder = self as JsonBuilder;
    if (textOf(key) !== '' || builder.state !== 'new')
      throw new UndocumentedUseError('Only one object is built here.');
    builder.state = 'open';
  },
  'JSONBuilder.addBoolean(String,Bool)': (_run, self, [key, value]) => {
    openBuilder(self).members[textOf(key)] = value;
  },
  'JSONBuilder.addInteger(String,Integer)': (_run, self, [key, value]) => {
    openBuilder(self).members[textOf(key)] = numberOf(value);
  },
  'JSONBuilder.addString(String,String)': (_run, self, [key, value]) => {
    openBuilder(self).members[textOf(key)] = textOf(value);
  },
  'JSONBuilder.finalize()': (_run, self) => {
    openBuilder(self).state = 'final';
  },
  'JSONBuilder.getString()': (_run, self) => {
    const { members, state } = self as JsonBuilder;
    if (state !== 'final') throw new UndocumentedUseError('A JSONBuilder is read before it is finalized.');
    return JSON.stringify(members);
  },
};
