import type { TypeName } from './ast.js';
import { documentedArrayCalls, documentedFunctions, documentedTypes } from './documented-calls.js';

/** A call that there is. */
export interface Signature {
  /** Under this name the runtime has it: `String.subString(Integer,Integer)`. */
  key: string;
  name: string;
  parameters: TypeName[];
  returns: TypeName;
}

/** Reads the documentation's notation: `String subString(Integer pos, Integer len)`. */
function signatureOf(notation: string, owner = ''): Signature {
  const match = /^(\S+) (\w+)\((.*)\)$/.exec(notation);
  const [, returns = '', name = '', list = ''] = match ?? [];
  if (name === '') throw new Error(`No signature: ${notation}`);
  const parameters = list === '' ? [] : list.split(', ').map((parameter) => parameter.split(' ')[0] ?? '');
  return { key: `${owner}${name}(${parameters.join(',')})`, name, parameters, returns };
}

const methods = new Map(
  Object.entries(documentedTypes).map(([type, { calls }]) => [
    type,
    calls.map((call) => signatureOf(call, `${type}.`)),
  ]),
);
const arrayMethods = documentedArrayCalls.calls.map((call) => signatureOf(call, '[].'));
const functions = documentedFunctions.flatMap(({ calls }) => calls.map((call) => signatureOf(call)));

/** Every call that is documented: what the runtime has to have. */
export const documentedKeys: string[] = [...functions, ...[...methods.values()].flat(), ...arrayMethods].map(
  ({ key }) => key,
);

/** The built-in functions of a name. */
export function functionsNamed(name: string): Signature[] {
  return functions.filter((signature) => signature.name === name);
}

/** The methods of a name that a type has. */
export function methodsNamed(type: TypeName, name: string): Signature[] {
  const element = elementOf(type);
  if (element === undefined) return (methods.get(type) ?? []).filter((method) => method.name === name);
  return arrayMethods
    .filter((method) => method.name === name)
    .map((method) => ({
      ...method,
      parameters: method.parameters.map((one) => (one === 'T' ? element : one)),
    }));
}

/** What an array holds; undefined for what is none. */
export function elementOf(type: TypeName): TypeName | undefined {
  return type.endsWith('[]') ? type.slice(0, -2) : undefined;
}

/** Whether there is such a type to declare a variable of. */
export function isKnownType(type: TypeName): boolean {
  return Object.hasOwn(documentedTypes, elementOf(type) ?? type);
}
