import { z } from 'zod';

/** Every kind of problem that the API answers with (RFC 9457): stable name, status, title. */
export const problems = {
  'invalid-request': { status: 400, title: 'The request is not valid' },
  unauthorized: { status: 401, title: 'A valid bearer token is needed' },
  'unverified-webhook': { status: 401, title: 'The webhook is not signed as it must be' },
  'not-found': { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'Not possible in this state' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body must be JSON' },
  'connection-refused': { status: 422, title: 'SuperOffice takes no connection to this customer' },
  'payload-unreadable': { status: 422, title: 'A payload can not be decoded' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'The service failed' },
  unavailable: { status: 503, title: 'The service is not available right now' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemName = keyof typeof problems;

/** `type` of a problem: a stable name, not a page to fetch. */
export function problemType(name: ProblemName): string {
  return `urn:dci-superoffice:problem:${name}`;
}

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What to do.'),
    code: z.string().optional().describe('What went wrong, for programs.'),
    cause: z.string().optional(),
    remedy: z.string().optional(),
    errors: z
      .array(z.object({ pointer: z.string(), detail: z.string() }))
      .optional()
      .describe('Each wrong field of the request, by its JSON pointer.'),
  })
  .meta({ id: 'Problem' });

export type Problem = z.output<typeof problemSchema>;

/** A problem as the API answers it. */
export function problemOf(name: ProblemName, detail: string, errors?: Problem['errors']): Problem {
  const { status, title } = problems[name];
  return { type: problemType(name), title, status, detail, ...(errors && { errors }) };
}
