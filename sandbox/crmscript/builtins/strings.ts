import { ScriptError, UndocumentedUseError } from '../errors.js';
import type { Builtin } from '../run.js';
import { numberOf, textOf } from '../values.js';

/** Methods of String, Integer and Bool (docs: CRMScript.Global). A String without value has only `isNull` and `isEmpty`. */
export const strings: Record<string, Builtin> = {
  'Integer.toString()': (_run, self) => String(numberOf(self)),
  'Integer.isNull()': (_run, self) => self === null,
  'Bool.toString()': (_run, self) => String(self),
  'String.isNull()': (_run, self) => self === null,
  'String.isEmpty()': (_run, self) => self === null || self === '',
  'String.getLength()': (_run, self) => textOf(self).length,
  'String.toLower()': (_run, self) => textOf(self).toLowerCase(),
  'String.compare(String)': (_run, self, [other]) => {
    const [one, two] = [textOf(self), textOf(other)];
    return one < two ? -1 : Number(one > two);
  },
  'String.subString(Integer,Integer)': (_run, self, [position, length]) => {
    const [text, from] = [textOf(self), numberOf(position)];
    if (from < 0 || from >= text.length) {
      throw new UndocumentedUseError(
        `subString from ${from} of ${text.length}: it must be less than the length.`,
      );
    }
    return text.slice(from, from + numberOf(length));
  },
  'String.until(String)': (_run, self, [pattern]) => textOf(self).split(textOf(pattern), 1)[0] ?? '',
  'String.before(String)': (_run, self, [pattern]) => textOf(self).split(textOf(pattern), 1)[0] ?? '',
  'String.after(String)': (_run, self, [pattern]) =>
    textOf(self).split(textOf(pattern)).slice(1).join(textOf(pattern)),
  'String.stripTrailing(String)': (_run, self, [characters]) =>
    withoutTrailing(textOf(self), textOf(characters)),
  'String.stripLeadingAndTrailing(String)': (_run, self, [characters]) =>
    reversed(
      withoutTrailing(reversed(withoutTrailing(textOf(self), textOf(characters))), textOf(characters)),
    ),
  'String.toInteger()': (_run, self) => {
    const text = textOf(self);
    if (!/^-?\d{1,10}$/.test(text)) throw new ScriptError(`"${text}" is no Integer.`);
    return Number(text);
  },
};

function withoutTrailing(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function reversed(text: string): string {
  return text.split('').reverse().join('');
}
