import { describe, expect, test } from 'vitest';
import { tenantIdSchema } from '../../src/domain/tenant.js';

describe('tenantIdSchema', () => {
  test.each(['a', '0', 'Acme-1_b', 'x'.repeat(63)])('takes %o', (id) => {
    expect(tenantIdSchema.safeParse(id).success).toBe(true);
  });

  test.each(['', '-a', '_a', 'a b', 'a/b', "a'b", 'a"b', 'å', 'a\n', 'a.b', '../a', 'x'.repeat(64), 7])(
    'refuses %o',
    (id) => {
      expect(tenantIdSchema.safeParse(id).success).toBe(false);
    },
  );

  test('says what one looks like', () => {
    expect(tenantIdSchema.safeParse('a b').error?.issues).toMatchObject([
      {
        message: 'A tenant id has 1 to 63 letters, digits, "-" or "_", and starts with a letter or a digit.',
      },
    ]);
  });
});
