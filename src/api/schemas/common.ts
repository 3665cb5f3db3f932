import { z } from 'zod';
import { DELIVERY_ID_PATTERN } from '../../domain/delivery-id.js';
import { tenantIdSchema } from '../../domain/tenant.js';
import { type ProblemName, problems, problemSchema } from '../problems.js';

export const tenantParams = z.object({ tenantId: tenantIdSchema });

export const deliveryParams = tenantParams.extend({
  deliveryId: z.string().regex(DELIVERY_ID_PATTERN, 'A delivery id has 32 hexadecimal digits.'),
});

/** Times leave as ISO 8601 in UTC. */
export const timestamp = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

/** Response schemas of problems, by status: what every route of the protected scope can answer, and these. */
export function problemResponses(...names: ProblemName[]) {
  const all: ProblemName[] = [
    'invalid-request',
    'unauthorized',
    'too-many-requests',
    'internal',
    'unavailable',
    ...names,
  ];
  return Object.fromEntries(
    all.map((name) => [
      problems[name].status,
      { content: { 'application/problem+json': { schema: problemSchema } } },
    ]),
  );
}
