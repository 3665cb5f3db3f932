import {
  type Client,
  isGrpcServiceError,
  ServiceError as TemporalServiceError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { UnavailableError } from '../domain/errors.js';

/** When to ask again after Temporal was away, in seconds. */
const RETRY_AFTER_SECONDS = 5;

/** gRPC status codes that say nothing about the request itself: the server is away, overloaded or shutting down. */
const CANCELLED = 1;
const DEADLINE_EXCEEDED = 4;
const NOT_FOUND = 5;
const RESOURCE_EXHAUSTED = 8;
const ABORTED = 10;
const INTERNAL = 13;
const UNAVAILABLE = 14;
const awayCodes: ReadonlySet<number> = new Set([
  CANCELLED,
  DEADLINE_EXCEEDED,
  RESOURCE_EXHAUSTED,
  ABORTED,
  INTERNAL,
  UNAVAILABLE,
]);

/** Runs a call to Temporal; that the server is away becomes an `UnavailableError`. */
export async function orUnavailable<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const code = grpcCodeOf(error);
    if (code !== undefined && awayCodes.has(code)) {
      throw new UnavailableError('temporal', RETRY_AFTER_SECONDS, { cause: error });
    }
    throw error;
  }
}

/** How long such a call may take, in milliseconds: whoever waits for the API's answer does not wait longer. */
const CALL_TIMEOUT_MS = 5_000;

/** As `orUnavailable`, for a call that an answer of the API waits for: a server that takes too long is away. */
export function callInTime<T>(client: Client, call: () => Promise<T>): Promise<T> {
  return orUnavailable(() => client.withDeadline(Date.now() + CALL_TIMEOUT_MS, call));
}

/** Whether an error says that a workflow is not there (any more). */
export function isGone(error: unknown): boolean {
  return error instanceof WorkflowNotFoundError || grpcCodeOf(error) === NOT_FOUND;
}

/** The gRPC status code below an error of the Temporal client. */
export function grpcCodeOf(error: unknown): number | undefined {
  if (isGrpcServiceError(error)) return error.code;
  return error instanceof TemporalServiceError ? grpcCodeOf(error.cause) : undefined;
}
