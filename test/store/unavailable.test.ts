import { describe, expect, inject, test } from 'vitest';
import { UnavailableError, ValueRefusedError } from '../../src/domain/errors.js';
import { createConnectionStore } from '../../src/store/connections.js';
import { openPostgres } from '../../src/store/database.js';
import { orUnavailable, passesByItself } from '../../src/store/unavailable.js';
import { createDatabase } from '../support/databases.js';
import { newConnection } from './support/new-connection.js';

const SECRET = 'zq7-secret';

/** An error as drizzle throws it, around one that has a code. */
const failed = (code: string) =>
  new Error(`Failed query: params: ${SECRET}`, { cause: Object.assign(new Error(SECRET), { code }) });

const caughtFrom = (error: Error) =>
  orUnavailable(() => Promise.reject(error)).catch((reason: unknown) => reason);

describe('orUnavailable', () => {
  test.each([
    '08006',
    '53300',
    '57P01',
    '57P03',
    '58030',
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
  ])('takes %s for a database that is away', async (code) => {
    const error = await caughtFrom(failed(code));
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error).toMatchObject({ dependency: 'database' });
    expect(error).not.toHaveProperty('cause');
  });

  test('takes an error without a code for a database that is away', async () => {
    expect(await caughtFrom(new Error('Connection terminated'))).toBeInstanceOf(UnavailableError);
  });

  test('takes a value that the database does not take for one that it never will, and tells the code alone', async () => {
    expect(await caughtFrom(failed('22021'))).toEqual(
      new ValueRefusedError('The database refused a query (SQLSTATE 22021).'),
    );
  });

  test.each(['23505', '42P01', 'XX000'])('takes %s for a defect, and tells the code alone', async (code) => {
    expect(await caughtFrom(failed(code))).toEqual(
      new Error(`The database refused a query (SQLSTATE ${code}).`),
    );
  });

  test('leaves the result of a query alone', async () => {
    expect(await orUnavailable(() => Promise.resolve(7))).toBe(7);
  });
});

describe('the connections of a database that went away', () => {
  test('fail without a word of what they hold', async () => {
    const server = await createDatabase(inject('postgresUrl'));
    const database = await openPostgres(server.url, () => undefined);
    const store = createConnectionStore(database.queries);
    await server.drop();
    const queries = [() => store.find('tenant-1'), () => store.save(newConnection({ sealedToken: SECRET }))];
    for (const query of queries) {
      const error: unknown = await query().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(Error);
      expect(String(error)).not.toContain(SECRET);
      expect(error).not.toHaveProperty('cause');
    }
    await database.close();
  });
});

describe('a connection that could not be made', () => {
  const coded = (code: string) => Object.assign(new Error('It failed.'), { code });

  test.each([
    coded('ECONNREFUSED'),
    coded('ENOTFOUND'),
    coded('57P03'),
    coded('53300'),
    new Error('timeout expired'),
    new Error('Connection terminated unexpectedly'),
    new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')]),
  ])('may be made later: %o', (error) => {
    expect(passesByItself(error)).toBe(true);
  });

  test.each([
    coded('28P01'),
    coded('3D000'),
    coded('SELF_SIGNED_CERT_IN_CHAIN'),
    coded('ERR_TLS_CERT_ALTNAME_INVALID'),
    new Error('The server does not support SSL connections'),
    new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string'),
    new AggregateError([coded('ECONNREFUSED'), coded('EACCES')]),
  ])('needs somebody: %o', (error) => {
    expect(passesByItself(error)).toBe(false);
  });
});
