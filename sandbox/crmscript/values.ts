import { UndocumentedUseError } from './errors.js';

/** A value of a script: a number, a boolean, a text (null: no value), an object of the runtime, or an array. */
export type Value = unknown;

const FORMAT = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d)(?::(\d\d))?$/;

/** CRMScript's `DateTime`: a time of day without a zone, to the second. */
export class CrmDateTime {
  /** As if it were UTC: milliseconds since 1970. */
  constructor(public ms: number) {}

  /** Reads `YYYY-MM-DD HH:MM:SS`, and with no other zone or `T` (docs: DateTime). */
  static parse(text: string): CrmDateTime {
    const [, year, month, day, hour, minute, second = '0'] = FORMAT.exec(text) ?? [];
    if (year === undefined) throw new UndocumentedUseError(`DateTime reads no such text: "${text}".`);
    return new CrmDateTime(
      Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)),
    );
  }

  toString(): string {
    return new Date(this.ms).toISOString().slice(0, 19).replace('T', ' ');
  }
}

/** A carrier of NetServer: named values, some of which the script can set. */
export class Carrier {
  constructor(readonly fields: Record<string, Value> = {}) {}
}

/** A node of a parsed JSON document (docs: parseJSON2). */
export class XmlNode {
  constructor(
    readonly name: string,
    /** Text between the tags: of objects and arrays empty. */
    readonly text: string,
    readonly children: readonly XmlNode[],
  ) {}

  static ofJson(value: unknown, name = 'root'): XmlNode {
    if (Array.isArray(value))
      return new XmlNode(
        name,
        '',
        value.map((one) => XmlNode.ofJson(one, 'item')),
      );
    if (typeof value === 'object' && value !== null) {
      return new XmlNode(
        name,
        '',
        Object.entries(value).map(([key, one]) => XmlNode.ofJson(one, key)),
      );
    }
    return new XmlNode(name, String(value), []);
  }

  /** A path is names or indices between dots; undefined where it leads nowhere. */
  find(path: string): XmlNode | undefined {
    const [step = '', ...rest] = path.split('.');
    const child = /^\d+$/.test(step)
      ? this.children[Number(step)]
      : this.children.find(({ name }) => name === step);
    return rest.length === 0 ? child : child?.find(rest.join('.'));
  }
}

/** The initial value of a declared variable. */
export function initialValue(type: string): Value {
  switch (type) {
    case 'Integer':
    case 'String':
      return null;
    case 'Bool':
      return false;
    case 'DateTime':
      throw new UndocumentedUseError('A DateTime that is only declared is the time of now.');
    default:
      return undefined;
  }
}

/** A text that is one: what a null String is in an expression is not documented. */
export function textOf(value: Value): string {
  if (typeof value !== 'string') throw new UndocumentedUseError('A String without value is used as a text.');
  return value;
}

/** A number that is one. */
export function numberOf(value: Value): number {
  if (typeof value !== 'number')
    throw new UndocumentedUseError('An Integer without value is used as a number.');
  return value;
}
