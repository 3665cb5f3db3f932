import type { Builtin } from '../run.js';
import type { Value } from '../values.js';

const list = (self: Value) => self as Value[];

/** Methods of arrays (docs: crmscript/fundamentals/arrays.mdx). */
export const arrays: Record<string, Builtin> = {
  '[].pushBack(T)': (_run, self, [value]) => void list(self).push(value),
  '[].length()': (_run, self) => list(self).length,
  '[].buildString(String)': (_run, self, [delimiter]) => list(self).join(delimiter as string),
};
