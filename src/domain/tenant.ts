import { z } from 'zod';

/**
 * A tenant is one DCI customer account: the unit of isolation, pacing and fairness.
 * At most 63 characters, so that it fits Temporal's fairness key (64 bytes); no quotes, so that it is safe in a
 * visibility query.
 */
export const tenantIdSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/,
    'A tenant id has 1 to 63 letters, digits, "-" or "_", and starts with a letter or a digit.',
  );
