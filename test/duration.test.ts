import { describe, expect, test } from 'vitest';
import { parseDuration } from '../src/duration.js';

describe('parseDuration', () => {
  test.each([
    ['0s', 0],
    ['500ms', 500],
    ['75s', 75_000],
    ['30m', 1_800_000],
    ['72h', 259_200_000],
    ['90d', 7_776_000_000],
    [' 007s ', 7_000],
  ])('reads %o', (text, expected) => expect(parseDuration(text)).toBe(expected));

  test.each(['', '5', 's', '-5s', '1.5h', '5 s', '5S', '5w', '1h30m', '1e3s', '٥s', '5s\n6s', '1234567890s'])(
    'takes %o for none',
    (text) => expect(parseDuration(text)).toBeUndefined(),
  );
});
