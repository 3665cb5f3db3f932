import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import {
  ConflictError,
  ConnectionRefusedError,
  InvalidFieldError,
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
      // Messages of libraries may quote what they choke on; name and code never do.
      const facts = { errorName: error.name, errorCode: error.code, status: problem.status };
      if (problem.status === 500) request.log.error({ ...facts, stack: framesOf(error) }, 'request failed');
      else request.log.info(facts, 'request refused');
      return sendProblem(reply, problem);
    });

    // Limited too: otherwise one could search for valid addresses at any speed.
    app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(
        reply,
        problemOf(
          'not-found',
          `There is no ${request.method} at this address; /openapi.json lists what there is.`,
        ),
      ),
    );
    return Promise.resolve();
  },
  { name: 'error-handler', dependencies: ['@fastify/rate-limit'] },
);

function problemOfError(error: FastifyError | ServiceError): Problem {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map(({ instancePath, message = '' }) => ({
      pointer: instancePath,
      detail: message,
    }));
    return problemOf('invalid-request', INVALID_DETAIL, errors);
  }
  if (error instanceof InvalidFieldError) {
    return problemOf('invalid-request', INVALID_DETAIL, [{ pointer: error.pointer, detail: error.message }]);
  }
  if (error instanceof NotFoundError) return problemOf('not-found', error.message);
  if (error instanceof ConflictError) return problemOf('conflict', error.message);
  if (error instanceof ConnectionRefusedError) {
    const { trouble, diagnosis } = error;
    return { ...problemOf('connection-refused', error.message), code: trouble, ...diagnosis };
  }
  if (error instanceof UnauthorizedError) return problemOf('unauthorized', error.message);
  if (error instanceof UnverifiedWebhookError) return problemOf('unverified-webhook', error.message);
  if (error instanceof UnreadablePayloadError) return problemOf('payload-unreadable', error.message);
  if (error instanceof UnavailableError) return problemOf('unavailable', error.message);
  if (error instanceof ServiceError) return problemOf('internal', INTERNAL_DETAIL);
  return problemOfFastify(error);
}

const INVALID_DETAIL = 'Mend the fields that "errors" names, and send the request again.';
const INTERNAL_DETAIL = 'Send the request again; if it keeps failing, report the time of the request.';

function problemOfFastify({ statusCode = 500 }: FastifyError): Problem {
  if (statusCode === 413) return problemOf('body-too-large', 'Send at most 1 MB.');
  if (statusCode === 415)
    return problemOf('unsupported-media-type', 'Send the body with content-type: application/json.');
  if (statusCode === 429)
    return problemOf('too-many-requests', 'Wait as long as the header "retry-after" says.');
  if (statusCode >= 400 && statusCode < 500)
    return problemOf('invalid-request', 'The request is not valid HTTP with a JSON body.');
  return problemOf('internal', INTERNAL_DETAIL);
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
