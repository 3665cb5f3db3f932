import { describe, expect, test } from 'vitest';
import { readTenantStatus } from '../../src/superoffice/tenant-state.js';

/** The example of the docs, in a given state. */
function answer(changes: Record<string, unknown> = {}): string {
  return JSON.stringify({
    ContextIdentifier: 'Cust12345',
    Endpoint: 'https://online2.superoffice.com/Cust12345',
    State: 'Running',
    IsRunning: true,
    ValidUntil: '2026-02-23T09:52:01.9342965Z',
    Api: 'https://online2.superoffice.com/Cust12345/api',
    Version: 'Release_11.10_2026.02.24-02',
    ...changes,
  });
}

const running = {
  kind: 'running',
  endpoint: 'https://online2.superoffice.com/Cust12345',
  validUntil: Date.parse('2026-02-23T09:52:01.934Z'),
};

describe('readTenantStatus', () => {
  test.each([
    ['Running', running],
    ['OnlineMaintenance', running],
    ['OfflineMaintenance', { kind: 'away' }],
    ['Provisioning', { kind: 'away' }],
    ['MigrationPending', { kind: 'away' }],
    ['AStateOfALaterVersion', { kind: 'away' }],
    ['Unknown', { kind: 'closed', code: 'tenant-unknown' }],
    ['Deleted', { kind: 'closed', code: 'tenant-deleted' }],
    ['Deleting', { kind: 'closed', code: 'tenant-deleted' }],
    ['DeleteFailed', { kind: 'closed', code: 'tenant-deleted' }],
    ['ProvisioningFailed', { kind: 'closed', code: 'tenant-deleted' }],
    ['Suspended', { kind: 'closed', code: 'tenant-suspended' }],
  ])('reads the state %s', (State, status) => {
    expect(readTenantStatus(200, answer({ State }))).toEqual(status);
  });

  test('a tenant that the state API does not know is unknown', () => {
    expect(readTenantStatus(404, '<html>404</html>')).toEqual({ kind: 'closed', code: 'tenant-unknown' });
  });

  test.each(['OfflineMaintenance', 'Deleted'])('a tenant that is %s needs no address', (State) => {
    const complete = readTenantStatus(200, answer({ State }));
    const bare = readTenantStatus(200, answer({ State, Endpoint: null, ValidUntil: undefined }));
    expect(bare).toEqual(complete);
  });

  test.each([undefined, null, 'tomorrow', 7])(
    'without a readable end (%o), the validity is not a number',
    (ValidUntil) => {
      expect(readTenantStatus(200, answer({ ValidUntil }))).toEqual({ ...running, validUntil: NaN });
    },
  );

  test.each([
    ['an error', 500, answer()],
    ['being away', 503, '<html>maintenance</html>'],
    ['being throttled', 429, answer()],
    ['a redirect', 302, ''],
    ['no content', 204, ''],
    ['a page', 200, '<html></html>'],
    ['half of the JSON', 200, answer().slice(0, -9)],
    ['JSON without a state', 200, answer({ State: undefined })],
    ['a state by its number', 200, answer({ State: 2 })],
    ['a running tenant without an address', 200, answer({ Endpoint: undefined })],
    ['a running tenant with an empty address', 200, answer({ Endpoint: '' })],
    ['a running tenant with an address that is none', 200, answer({ Endpoint: 'online2' })],
    ['another JSON', 200, '[]'],
  ])('%s says nothing about the tenant', (_, status, body) => {
    expect(readTenantStatus(status, body)).toBeUndefined();
  });
});
