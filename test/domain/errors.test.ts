import { describe, expect, test } from 'vitest';
import {
  ConfigurationError,
  ConflictError,
  ConnectionRefusedError,
  ForbiddenError,
  HostRefusedError,
  InvalidFieldError,
  MethodNotAllowedError,
  NotFoundError,
  ServiceError,
  SessionOverError,
  UnauthorizedError,
  UnavailableError,
  UnreadablePayloadError,
  UnsealError,
  UnverifiedWebhookError,
} from '../../src/domain/errors.js';

const configuration = () => new ConfigurationError(['PORT is no port', 'API_TOKENS is missing']);
const notAllowed = () => new MethodNotAllowedError(['GET', 'PUT']);
const diagnosis = { cause: 'SuperOffice does not know this customer.', remedy: 'Check the customer.' };
const refused = () => new ConnectionRefusedError('tenant-unknown', diagnosis);
const invalid = () => new InvalidFieldError('/revision', 'There is no such revision.');
const away = () => new UnavailableError('database', 5, { cause: new Error('ECONNREFUSED') });

/** What logs tell of an error, and alerts and searches are made of. */
describe('name and code of an error stay what they are', () => {
  test.each<[() => ServiceError, string, string]>([
    [configuration, 'ConfigurationError', 'configuration'],
    [() => new NotFoundError('x'), 'NotFoundError', 'not-found'],
    [notAllowed, 'MethodNotAllowedError', 'method-not-allowed'],
    [() => new ConflictError('x'), 'ConflictError', 'conflict'],
    [refused, 'ConnectionRefusedError', 'connection-refused'],
    [invalid, 'InvalidFieldError', 'invalid-field'],
    [() => new UnauthorizedError('x'), 'UnauthorizedError', 'unauthorized'],
    [() => new ForbiddenError('x'), 'ForbiddenError', 'forbidden'],
    [() => new SessionOverError('x'), 'SessionOverError', 'session-over'],
    [() => new UnverifiedWebhookError('x'), 'UnverifiedWebhookError', 'unverified-webhook'],
    [() => new UnreadablePayloadError('x'), 'UnreadablePayloadError', 'payload-unreadable'],
    [away, 'UnavailableError', 'unavailable'],
    [() => new UnsealError('x'), 'UnsealError', 'token-unreadable'],
    [() => new HostRefusedError('x'), 'HostRefusedError', 'host-refused'],
  ])('%#: %2$s, %3$s', (make, name, code) => {
    const error = make();
    expect(error).toBeInstanceOf(ServiceError);
    expect({ name: error.name, code: error.code }).toEqual({ name, code });
  });
});

test('a wrong configuration names every problem on a line of its own', () => {
  expect(configuration().message).toBe(
    'The configuration is wrong:\n  - PORT is no port\n  - API_TOKENS is missing',
  );
});

test('a method that an address does not have is answered with those that it has', () => {
  expect(notAllowed().message).toBe('Use one of the methods that this address has: GET, PUT.');
});

test('a refused connection says what to do', () => {
  expect(refused()).toMatchObject({ message: diagnosis.remedy, trouble: 'tenant-unknown', diagnosis });
});

test('a wrong field is named by its pointer', () => {
  expect(invalid()).toMatchObject({ pointer: '/revision', message: 'There is no such revision.' });
});

test('a part that is away is named, with when to ask again and what lies below', () => {
  expect(away()).toMatchObject({
    dependency: 'database',
    retryAfterSeconds: 5,
    message: "The service can't reach its database right now. Nothing was accepted; send it again.",
    cause: { message: 'ECONNREFUSED' },
  });
});
