/**
 * JSON in pure ASCII. How CRMScript decodes the bytes of a body is not documented; with every other character as
 * `\uXXXX` (surrogate pairs for emoji) neither transport nor signatures depend on it.
 */
export function toAsciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
