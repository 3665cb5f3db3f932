import type { Builtin } from '../run.js';
import { Carrier, type Value } from '../values.js';
import { appointments } from './appointments.js';
import { arrays } from './arrays.js';
import { dateTime } from './date-time.js';
import { foreignKeys } from './foreign-keys.js';
import { json, JsonBuilder } from './json.js';
import { request } from './request.js';
import { searchEngine, SearchEngine } from './search-engine.js';
import { strings } from './strings.js';

const builtins: Record<string, Builtin> = {
  ...appointments,
  ...arrays,
  ...dateTime,
  ...foreignKeys,
  ...json,
  ...request,
  ...searchEngine,
  ...strings,
};

/** What carries a documented call out. */
export function builtinOf(key: string): Builtin {
  const builtin = Object.hasOwn(builtins, key) ? builtins[key] : undefined;
  if (!builtin) throw new Error(`Nothing carries out ${key}.`);
  return builtin;
}

/** The calls that can be carried out. */
export const builtinKeys = Object.keys(builtins);

/** What declaring a variable makes; undefined for types that have plain values. */
export function newObject(type: string): Value {
  switch (type) {
    case 'SearchEngine':
      return new SearchEngine();
    case 'JSONBuilder':
      return new JsonBuilder();
    case 'Integer':
    case 'String':
    case 'Bool':
    case 'DateTime':
    case 'XMLNode':
      return undefined;
    default:
      return new Carrier();
  }
}
