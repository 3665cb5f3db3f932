import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localTime } from '../../src/superoffice/local-time.js';

describe('localTime', () => {
  test.each([
    ['summer', '2026-09-01T07:00:00Z', 'Europe/Stockholm', '2026-09-01 09:00:00'],
    ['winter', '2026-12-01T07:00:00Z', 'Europe/Stockholm', '2026-12-01 08:00:00'],
    ['before the clocks go forward', '2026-03-29T00:59:59Z', 'Europe/Stockholm', '2026-03-29 01:59:59'],
    ['after the clocks went forward', '2026-03-29T01:00:00Z', 'Europe/Stockholm', '2026-03-29 03:00:00'],
    ['the hour that comes twice', '2026-10-25T00:30:00Z', 'Europe/Stockholm', '2026-10-25 02:30:00'],
    ['the same hour again', '2026-10-25T01:30:00Z', 'Europe/Stockholm', '2026-10-25 02:30:00'],
    ['midnight', '2026-08-31T22:00:00Z', 'Europe/Stockholm', '2026-09-01 00:00:00'],
    ['the turn of the year', '2026-12-31T23:00:00Z', 'Europe/Stockholm', '2027-01-01 00:00:00'],
    ['midnight in UTC', '2026-09-01T00:00:00Z', 'UTC', '2026-09-01 00:00:00'],
    ['an offset of its own', '2026-09-01T09:00:00+02:00', 'Europe/London', '2026-09-01 08:00:00'],
    ['west, the day before', '2026-09-01T03:04:05Z', 'America/New_York', '2026-08-31 23:04:05'],
    ['a half-hour zone', '2026-09-01T07:00:00Z', 'Asia/Kolkata', '2026-09-01 12:30:00'],
    ['a three-quarter zone', '2026-09-01T07:00:00Z', 'Asia/Kathmandu', '2026-09-01 12:45:00'],
    ['a change by half an hour', '2026-10-03T15:30:00Z', 'Australia/Lord_Howe', '2026-10-04 02:30:00'],
    ['the far east', '2026-09-01T11:00:00Z', 'Pacific/Kiritimati', '2026-09-02 01:00:00'],
    ['fractions of a second', '2026-09-01T07:00:00.999Z', 'UTC', '2026-09-01 07:00:00'],
    ['a leap day', '2028-02-29T12:00:00Z', 'UTC', '2028-02-29 12:00:00'],
  ])('%s', (_, instant, timeZone, expected) => expect(localTime(instant, timeZone)).toBe(expected));

  test('in UTC, is the instant itself', () => {
    const instant = fc.date({
      min: new Date('1970-01-01T00:00:00Z'),
      max: new Date('2099-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, (date) => {
        const iso = date.toISOString();
        expect(localTime(iso, 'UTC')).toBe(iso.slice(0, 19).replace('T', ' '));
      }),
    );
  });

  test('is never in hour 24, in any zone', () => {
    for (const timeZone of Intl.supportedValuesOf('timeZone')) {
      for (let hour = 0; hour < 24; hour += 1) {
        const local = localTime(new Date(Date.UTC(2026, 8, 1, hour)).toISOString(), timeZone);
        expect(local).toMatch(/^2026-0[89]-\d\d ([01]\d|2[0-3]):\d\d:\d\d$/);
      }
    }
  });

  test('refuses a zone that there is not', () => {
    expect(() => localTime('2026-09-01T07:00:00Z', 'Mars/Olympus')).toThrow(RangeError);
  });
});
