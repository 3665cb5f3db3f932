import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import {
  ConflictError,
  ConnectionRefusedError,
  InvalidFieldError,
  MethodNotAllowedError,
  NotFoundError,
  ServiceError,
  UnauthorizedError,
  UnavailableError,
  UnreadablePayloadError,
  UnverifiedWebhookError,
} from '../../domain/errors.js';
import { type Problem, problemOf } from '../problems.js';

/** The one place where errors become HTTP answers. What went wrong inside is logged by its kind, and not told. */
export const errorHandler = fp(
  (app) => {
    app.setErrorHandler((error: FastifyError | ServiceError, request, reply) => {
      const problem = problemOfError(error);
      if (error instanceof UnavailableError) reply.header('retry-after', String(error.retryAfterSeconds));
      if (error instanceof UnauthorizedError) reply.header('www-authenticate', 'Bearer');
      if (error instanceof MethodNotAllowedError) reply.header('allow', error.allowed.join(', '));
      logProblem(request, error, problem);
      return sendProblem(reply, problem);
    });
    return Promise.resolve();
  },
  { name: 'error-handler' },
);

/** For what is wrong with a request before there is a route for it, such as an address that is no URL. */
export function frameworkErrorHandler(
  error: FastifyError,
  _request: FastifyRequest,
  reply: FastifyReply,
): void {
  sendProblem(reply, problemOfError(error));
}

/** What went wrong, for the log: messages of libraries may quote what they choke on; name and code never do. */
export function logProblem(
  request: FastifyRequest,
  error: FastifyError | ServiceError,
  { status }: Pick<Problem, 'status'>,
): void {
  const facts = { errorName: error.name, errorCode: error.code, status };
  if (status === 500) request.log.error({ ...facts, stack: framesOf(error) }, 'request failed');
  else request.log.info(facts, 'request refused');
}

/** The problem that an error is to whoever asked. */
export function problemOfError(error: FastifyError | ServiceError): Problem {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map(({ instancePath, message = '' }) => ({
      pointer: instancePath,
      detail: message,
    }));
    return problemOf('invalid-request', undefined, errors);
  }
  if (error instanceof InvalidFieldError) {
    return problemOf('invalid-request', undefined, [{ pointer: error.pointer, detail: error.message }]);
  }
  if (error instanceof NotFoundError) return problemOf('not-found', error.message);
  if (error instanceof MethodNotAllowedError) return problemOf('method-not-allowed');
  if (error instanceof ConflictError) return problemOf('conflict', error.message);
  if (error instanceof ConnectionRefusedError) {
    const { trouble, diagnosis } = error;
    return { ...problemOf('connection-refused', error.message), code: trouble, ...diagnosis };
  }
  if (error instanceof UnauthorizedError) return problemOf('unauthorized', error.message);
  if (error instanceof UnverifiedWebhookError) return problemOf('unverified-webhook', error.message);
  if (error instanceof UnreadablePayloadError) return problemOf('payload-unreadable', error.message);
  if (error instanceof UnavailableError) return problemOf('unavailable', error.message);
  if (error instanceof ServiceError) return problemOf('internal');
  return problemOfFastify(error);
}

function problemOfFastify({ statusCode = 500 }: FastifyError): Problem {
  if (statusCode === 413) return problemOf('body-too-large');
  if (statusCode === 415) return problemOf('unsupported-media-type');
  if (statusCode === 429) return problemOf('too-many-requests');
  if (statusCode >= 400 && statusCode < 500)
    return problemOf('invalid-request', 'The request is not valid HTTP with a JSON body.');
  return problemOf('internal');
}

/** Where an error came from, without its message. */
function framesOf({ stack = '' }: Error): string[] {
  return stack
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, 8);
}

function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).type('application/problem+json').send(problem);
}
