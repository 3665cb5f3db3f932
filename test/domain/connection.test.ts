import { describe, expect, test } from 'vitest';
import { holdOf } from '../../src/domain/connection.js';

const well = { enabled: true, attentionCode: null };
const troubled = { enabled: true, attentionCode: 'unauthorized' };

describe('why deliveries are held', () => {
  test('nothing holds them while all is well', () => {
    expect(holdOf(well, false)).toBeNull();
    expect(holdOf(well, true)).toBeNull();
  });

  test('the trouble of the tenant holds them, unless somebody insists', () => {
    expect(holdOf(troubled, false)).toBe('unauthorized');
    expect(holdOf(troubled, true)).toBeNull();
  });

  test.each([false, true])('a pause holds them whatever else there is, insisted (%s) or not', (insist) => {
    expect(holdOf({ ...well, enabled: false }, insist)).toBe('paused');
    expect(holdOf({ ...troubled, enabled: false }, insist)).toBe('paused');
  });
});
