import { type ProblemName, problemNames, problemOf, problems } from '../problems.js';
import { type Document, type Header, operationsOf, type Response } from './document.js';

const headers: Partial<Record<ProblemName, Record<string, Header>>> = {
  unauthorized: {
    'www-authenticate': { description: 'How to authenticate.', schema: { type: 'string', const: 'Bearer' } },
  },
  'too-many-requests': { 'retry-after': secondsToWait() },
  unavailable: { 'retry-after': secondsToWait() },
};

/** How a problem is named among the responses that all routes share: `not-found` is `NotFound`. */
function componentOf(name: ProblemName): string {
  return name.replace(/(^|-)(\w)/g, (_match, _dash, letter: string) => letter.toUpperCase());
}

/** What marks a response of a route as this problem, until `shareProblems` has seen it. */
export function problemDescription(name: ProblemName): string {
  return `${problems[name].title}. ${problems[name].advice}`;
}

/** Moves the problems, which are the same for every route, to one place of the document. */
export function shareProblems(document: Document): void {
  const byDescription = new Map(problemNames.map((name) => [problemDescription(name), name]));
  const used = new Set<ProblemName>();
  for (const { responses } of operationsOf(document)) {
    for (const [status, response] of Object.entries(responses)) {
      const name = 'description' in response ? byDescription.get(response.description) : undefined;
      if (name === undefined) continue;
      used.add(name);
      responses[status] = { $ref: `#/components/responses/${componentOf(name)}` };
    }
  }
  document.components.responses = Object.fromEntries(
    problemNames.filter((name) => used.has(name)).map((name) => [componentOf(name), responseOf(name)]),
  );
}

function responseOf(name: ProblemName): Response {
  return {
    description: problemDescription(name),
    ...(headers[name] && { headers: headers[name] }),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        example: { ...problemOf(name), ...(examples[name] ?? {}) },
      },
    },
  };
}

/** What a problem says beyond what all of its kind say. */
const examples: Partial<Record<ProblemName, object>> = {
  'invalid-request': {
    errors: [{ pointer: '/endsAt', detail: 'The meeting ends before it starts.' }],
  },
  'not-found': { detail: 'Tenant "acme" is not connected to SuperOffice; connect it with PUT.' },
  conflict: { detail: 'Only a parked delivery can be retried; this one is delivered.' },
  'connection-refused': {
    detail: 'Check the customer instance, such as "Cust12345".',
    code: 'tenant-unknown',
    cause: 'SuperOffice does not know this customer instance.',
    remedy: 'Check the customer instance, such as "Cust12345".',
  },
  unavailable: {
    detail: "The service can't reach its temporal right now. Nothing was accepted; send it again.",
  },
};

function secondsToWait(): Header {
  return {
    description: 'How long to wait before the request is sent again, in seconds.',
    schema: { type: 'string', pattern: '^\\d+$' },
    example: '5',
  };
}
