import { z } from 'zod';
import { DELIVERY_ID_PATTERN } from '../../domain/delivery-id.js';
import { tenantIdSchema } from '../../domain/tenant.js';
import { problemDescription } from '../openapi/problem-responses.js';
import { type ProblemName, problems, problemSchema } from '../problems.js';

/** Ids in the examples of the document. */
export const EXAMPLE_TENANT = 'acme';
export const EXAMPLE_DELIVERY = '3f0c9a51d27e4b8896a1c5e07d42b1f6';

export const tenantParams = z.object({
  tenantId: tenantIdSchema.meta({
    description: 'Your id of the tenant, one DCI customer account.',
    examples: [EXAMPLE_TENANT],
  }),
});

export const deliveryIdSchema = z
  .string()
  .regex(DELIVERY_ID_PATTERN, 'A delivery id has 32 hexadecimal digits.')
  .meta({ description: 'Id of the delivery, as the summary was answered.', examples: [EXAMPLE_DELIVERY] });

export const deliveryParams = tenantParams.extend({ deliveryId: deliveryIdSchema });

/** Times leave as ISO 8601 in UTC. */
export const timestamp = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

/** What every route of the protected scope can answer. */
const commonProblems = [
  'invalid-request',
  'unauthorized',
  'too-many-requests',
  'internal',
  'unavailable',
] as const satisfies ProblemName[];

/**
 * Response schemas of problems, by status: what every route of the protected scope can answer, and these. Those of a
 * body (413, 415) come by themselves.
 */
export function problemResponses(...names: ProblemName[]) {
  return onlyProblems(...commonProblems, ...names);
}

/** Response schemas of these problems, by status. */
export function onlyProblems(...names: ProblemName[]) {
  return Object.fromEntries(names.map(problemResponse));
}

/** Status and response schema of a problem. */
export function problemResponse(name: ProblemName) {
  return [
    problems[name].status,
    {
      description: problemDescription(name),
      content: { 'application/problem+json': { schema: problemSchema } },
    },
  ] as const;
}
