import type { FastifyError } from 'fastify';
import { ForbiddenError, type ServiceError, SessionOverError } from '../../domain/errors.js';
import { problemOfError } from '../plugins/error-handler.js';
import { type ProblemName, problemNameOf } from '../problems.js';

/** What can go wrong on a page, by the name under which the messages have words for it. */
export type PageProblemName =
  | Extract<
      ProblemName,
      | 'invalid-request'
      | 'not-found'
      | 'conflict'
      | 'body-too-large'
      | 'too-many-requests'
      | 'internal'
      | 'unavailable'
    >
  | 'session-over'
  | 'forbidden';

const pageProblemOf: Partial<Record<ProblemName, PageProblemName>> = {
  'invalid-request': 'invalid-request',
  'not-found': 'not-found',
  'method-not-allowed': 'not-found',
  conflict: 'conflict',
  'body-too-large': 'body-too-large',
  'unsupported-media-type': 'invalid-request',
  'too-many-requests': 'too-many-requests',
  unavailable: 'unavailable',
};

/** What an error is to somebody on a page: what pages alone can meet, and the problems of the API. */
export function pageProblemOfError(error: FastifyError | ServiceError): {
  name: PageProblemName;
  status: number;
} {
  if (error instanceof SessionOverError) return { name: 'session-over', status: 401 };
  if (error instanceof ForbiddenError) return { name: 'forbidden', status: 403 };
  const problem = problemOfError(error);
  return { name: pageProblemOf[problemNameOf(problem)] ?? 'internal', status: problem.status };
}
