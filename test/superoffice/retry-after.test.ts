import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRetryAfter } from '../../src/superoffice/retry-after.js';

const NOW = Date.parse('2026-09-02T06:00:00Z');

describe('parseRetryAfter', () => {
  test.each([
    ['0', 0],
    ['120', 120_000],
    ['999999999', 999_999_999_000],
    [' 7 ', 7_000],
    ['Wed, 02 Sep 2026 06:00:30 GMT', 30_000],
    ['Thu, 03 Sep 2026 06:00:00 GMT', 86_400_000],
    ['Wed, 02 Sep 2026 06:00:00 GMT', 0],
    ['Wed, 02 Sep 2026 05:00:00 GMT', 0],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ])('reads %o', (header, expected) => expect(parseRetryAfter(header, NOW)).toBe(expected));

  test.each([
    undefined,
    '',
    'soon',
    'in 120',
    '1234567890',
    'on Wed, 02 Sep 2026 06:00:30 GMT',
    'Wed, 02 Sep 2026 06:00:30 GMT, or so',
    '-5',
    '1.5',
    '5s',
    '1e3',
    '0x10',
    'Infinity',
    '12345678901234567890',
    '5, 10',
    '2026-09-02T06:00:30Z',
    'Wed, 99 Sep 2026 06:00:30 GMT',
    'Wed, 02 Xxx 2026 06:00:30 GMT',
    'Wed, 02 Sep 2026 06:00:30 CET',
    'Wednesday, 02-Sep-26 06:00:30 GMT',
  ])('says nothing about %o', (header) => expect(parseRetryAfter(header, NOW)).toBeUndefined());

  test('is undefined, or a time from now on, for any header', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        expect(parseRetryAfter(header, NOW) ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
