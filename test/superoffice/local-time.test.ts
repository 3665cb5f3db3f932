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

describe('across the changes of the clock, in every zone', () => {
  const YEAR = 2026;
  const HOUR_MS = 3_600_000;
  const WEEK_MS = 7 * 24 * HOUR_MS;

  const local = (at: number, zone: string) => localTime(new Date(at).toISOString(), zone);
  /** What a wall clock shows, read as if it were UTC: so that times on it can be counted with. */
  const wall = (at: number, zone: string) => Date.parse(`${local(at, zone).replace(' ', 'T')}Z`);

  /** The instants of a year from which on the clock is set otherwise, to the second. No zone changes twice in a week. */
  function changesOf(zone: string): number[] {
    const offset = (at: number) => wall(at, zone) - at;
    const changes: number[] = [];
    for (let from = Date.UTC(YEAR, 0, 1); from < Date.UTC(YEAR + 1, 0, 1); from += WEEK_MS) {
      let [before, after] = [from, from + WEEK_MS];
      if (offset(before) === offset(after)) continue;
      while (after - before > 1_000) {
        const middle = before + Math.floor((after - before) / 2_000) * 1_000;
        if (offset(middle) === offset(before)) before = middle;
        else after = middle;
      }
      changes.push(after);
    }
    return changes;
  }

  const zones = Intl.supportedValuesOf('timeZone');
  const changing = zones.flatMap((zone) => changesOf(zone).map((at) => ({ zone, at })));

  test('an hour that is left out is shown by no instant, and one that comes twice by two', () => {
    expect(changing.length).toBeGreaterThan(100);
    for (const { zone, at } of changing) {
      const jump = wall(at, zone) - wall(at - 1_000, zone) - 1_000;
      expect(Math.abs(jump), zone).toBeGreaterThanOrEqual(HOUR_MS / 2);
      const around = Array.from({ length: 8 * 12 }, (_, index) => at + (index - 48) * (HOUR_MS / 12));
      const shown = around.map((instant) => wall(instant, zone));
      if (jump > 0) {
        const gap = [wall(at, zone) - jump, wall(at, zone)] as const;
        expect(
          shown.filter((time) => time >= gap[0] && time < gap[1]),
          zone,
        ).toEqual([]);
      } else {
        // What was shown in the time before is shown once more in the time after.
        for (let earlier = at + jump; earlier < at; earlier += HOUR_MS / 12)
          expect(local(earlier - jump, zone), zone).toBe(local(earlier, zone));
      }
    }
  });

  test('every instant is told so that its own offset leads back to it', () => {
    const offsetOf = new Map(
      zones.map((timeZone) => [
        timeZone,
        new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }),
      ]),
    );
    const nearChange = fc
      .tuple(fc.constantFrom(...changing), fc.integer({ min: -7_200, max: 7_200 }))
      .map(([{ zone, at }, seconds]) => ({ zone, at: at + seconds * 1_000 }));
    const anywhere = fc.record({
      zone: fc.constantFrom(...zones),
      at: fc
        .integer({ min: Date.UTC(2000) / 1_000, max: Date.UTC(2100) / 1_000 })
        .map((second) => second * 1_000),
    });
    fc.assert(
      fc.property(fc.oneof(nearChange, anywhere), ({ zone, at }) => {
        const offset = /GMT(.*)$/.exec(offsetOf.get(zone)?.format(at) ?? '')?.[1] ?? '';
        expect(Date.parse(`${local(at, zone).replace(' ', 'T')}${offset === '' ? 'Z' : offset}`)).toBe(at);
      }),
      { numRuns: 2_000 },
    );
  });
});
