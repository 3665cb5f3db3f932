import { z } from 'zod';

/**
 * Every kind of problem that the API answers with (RFC 9457): stable name, status, title, and what to do about it.
 * The document of the API is made from this table.
 */
export const problems = {
  'invalid-request': {
    status: 400,
    title: 'The request is not valid',
    advice: 'Mend the fields that "errors" names, and send the request again.',
  },
  unauthorized: {
    status: 401,
    title: 'A valid bearer token is needed',
    advice: 'Send a token of the service as "authorization: Bearer …".',
  },
  'unverified-webhook': {
    status: 401,
    title: 'The webhook is not signed as it must be',
    advice:
      'Sign the raw body with the secret of this tenant, send it at once, and check the clock and the address.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    advice: 'Check the ids in the address; "detail" says what there is not.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Not a method of this address',
    advice: 'Use one of the methods that the header "allow" lists.',
  },
  conflict: {
    status: 409,
    title: 'Not possible in this state',
    advice: 'Ask for the state first; "detail" says what stands in the way.',
  },
  'body-too-large': { status: 413, title: 'The body is too large', advice: 'Send at most 1 MB.' },
  'unsupported-media-type': {
    status: 415,
    title: 'The body must be JSON',
    advice: 'Send the body with content-type: application/json.',
  },
  'connection-refused': {
    status: 422,
    title: 'SuperOffice takes no connection to this customer',
    advice: 'Do what "remedy" says. An earlier connection stays as it was.',
  },
  'payload-unreadable': {
    status: 422,
    title: 'A payload can not be decoded',
    advice: 'Put the key that "detail" names back into PAYLOAD_KEYS; a payload that is broken stays so.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    advice: 'Wait as long as the header "retry-after" says.',
  },
  internal: {
    status: 500,
    title: 'The service failed',
    advice: 'Send the request again; if it keeps failing, report the time of the request.',
  },
  unavailable: {
    status: 503,
    title: 'The service is not available right now',
    advice: 'Nothing was accepted. Send it again after as many seconds as the header "retry-after" says.',
  },
} as const satisfies Record<string, { status: number; title: string; advice: string }>;

export type ProblemName = keyof typeof problems;

export const problemNames = Object.keys(problems) as ProblemName[];

const TYPE_PREFIX = 'urn:dci-superoffice:problem:';

/** `type` of a problem: a stable name, not a page to fetch. */
export function problemType<N extends ProblemName>(name: N) {
  return `${TYPE_PREFIX}${name}` as const;
}

/** The name of a problem's kind again. */
export function problemNameOf({ type }: Pick<Problem, 'type'>): ProblemName {
  return type.slice(TYPE_PREFIX.length) as ProblemName;
}

export const problemSchema = z
  .object({
    type: z.enum(problemNames.map(problemType)).describe('Stable name of the kind of problem, for programs.'),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string().describe('What to do, in words for people.'),
    code: z.string().optional().describe('What went wrong with SuperOffice, for programs.'),
    cause: z.string().optional().describe('What went wrong, in words.'),
    remedy: z.string().optional().describe('What mends it, in words.'),
    errors: z
      .array(z.object({ pointer: z.string(), detail: z.string() }))
      .optional()
      .describe('Each wrong field of the request, by its JSON pointer.'),
  })
  .meta({ id: 'Problem' });

export type Problem = z.output<typeof problemSchema>;

/** A problem as the API answers it. */
export function problemOf(
  name: ProblemName,
  detail: string = problems[name].advice,
  errors?: Problem['errors'],
): Problem {
  const { status, title } = problems[name];
  return { type: problemType(name), title, status, detail, ...(errors && { errors }) };
}
