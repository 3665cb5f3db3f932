import { expect, test } from 'vitest';
import { stateHostOf, stateUrl } from '../../src/superoffice/state-url.js';

test.each([
  ['online2', 'online'],
  ['online', 'online'],
  ['app', 'online'],
  ['disasterrecovery', 'online'],
  ['sodium', 'online'],
  ['staging', 'online'],
  ['sod', 'sod'],
  ['sod2', 'sod'],
  ['sod12', 'sod'],
  ['app-sod2', 'sod'],
  ['my-sod', 'online'],
  ['sod2b', 'online'],
  ['backstage', 'online'],
  ['stage2b', 'online'],
  ['stage12', 'qaonline'],
  ['app-sod', 'sod'],
  ['stage', 'qaonline'],
  ['app-stage', 'qaonline'],
  ['qaonline', 'qaonline'],
  ['qaonline2', 'qaonline'],
])('a tenant at %s is asked about at %s', (prefix, host) => {
  expect(stateHostOf(prefix)).toBe(host);
});

test('the address is that of the environment, with the customer as one part of the path', () => {
  expect(stateUrl({ domainPrefix: 'app-sod', customerInstance: 'Cust1/..' }, 'superoffice.com').href).toBe(
    'https://sod.superoffice.com/api/state/Cust1%2F..',
  );
});
