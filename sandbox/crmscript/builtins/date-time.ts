import type { Builtin } from '../run.js';
import { CrmDateTime, numberOf, textOf } from '../values.js';

const MINUTE_MS = 60_000;

/** `DateTime` (docs: CRMScript.Global.DateTime). `addMin` changes the object itself. */
export const dateTime: Record<string, Builtin> = {
  'DateTime(String)': (_run, _self, [text]) => CrmDateTime.parse(textOf(text)),
  'DateTime(DateTime)': (_run, _self, [other]) => new CrmDateTime((other as CrmDateTime).ms),
  'DateTime.toString()': (_run, self) => String(self),
  'DateTime.addMin(Integer)': (_run, self, [minutes]) => {
    (self as CrmDateTime).ms += numberOf(minutes) * MINUTE_MS;
    return self;
  },
};
