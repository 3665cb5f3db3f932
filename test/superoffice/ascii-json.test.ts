import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toAsciiJson } from '../../src/superoffice/ascii-json.js';

/** Any sequence of UTF-16 units, lone surrogates included. */
const anyText = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));

describe('toAsciiJson', () => {
  test.each([
    ['Åsa', '"\\u00c5sa"'],
    ['🪑', '"\\ud83e\\ude91"'],
    ['\ud83e', '"\\ud83e"'],
    ['\u2028\u007f\u0080', '"\\u2028\\u007f\\u0080"'],
    ['"\\\n\t\u0000', '"\\"\\\\\\n\\t\\u0000"'],
    [{ ö: ['ß', null, 1, true] }, '{"\\u00f6":["\\u00df",null,1,true]}'],
  ])('writes %j', (value, json) => expect(toAsciiJson(value)).toBe(json));

  test('is ASCII that reads as the same text, over every UTF-16 unit', () => {
    for (let unit = 0; unit <= 0xffff; unit += 1) {
      const text = String.fromCharCode(unit);
      const json = toAsciiJson(text);
      if (!/^[ -~]+$/.test(json) || JSON.parse(json) !== text) {
        expect.fail(`U+${unit.toString(16)} becomes ${json}`);
      }
    }
  });

  test('is ASCII that reads as the same value, for any value', () => {
    const value = fc.dictionary(anyText, fc.oneof(anyText, fc.string({ unit: 'binary' }), fc.array(anyText)));
    fc.assert(
      fc.property(value, (any) => {
        const json = toAsciiJson(any);
        expect(json).toMatch(/^[ -~]+$/);
        expect(JSON.parse(json)).toEqual({ ...any });
      }),
    );
  });
});
