import { describe, expect, test } from 'vitest';
import { createDciHookStore } from '../../src/store/dci-hooks.js';
import { engines } from './support/engines.js';

describe.each(engines)('the webhooks of DCI in $engine', ({ open }) => {
  const openStore = async () => createDciHookStore((await open()).queries);

  test('a tenant has none before the first', async () => {
    const store = await openStore();
    expect(await store.find('acme')).toBeUndefined();
    expect(await store.endPreviousSecret('acme')).toBeUndefined();
    expect(await store.remove('acme')).toBe(false);
  });

  test('a new secret goes before the old one, and a third is not taken', async () => {
    const store = await openStore();
    expect(await store.addSecret('acme', 'first')).toEqual({
      tenantId: 'acme',
      sealedSecrets: ['first'],
      sealedApiToken: null,
      updatedAt: expect.any(Date) as Date,
    });
    expect(await store.addSecret('acme', 'it\'s {the} "second", \\ of two')).toMatchObject({
      sealedSecrets: ['it\'s {the} "second", \\ of two', 'first'],
    });
    expect(await store.addSecret('acme', 'third')).toBeUndefined();
    expect((await store.find('acme'))?.sealedSecrets).toHaveLength(2);
  });

  test('the previous secret can be ended, the only one can not', async () => {
    const store = await openStore();
    await store.addSecret('acme', 'first');
    expect(await store.endPreviousSecret('acme')).toBeUndefined();
    const rotated = await store.addSecret('acme', 'second');
    const ended = await store.endPreviousSecret('acme');
    expect(ended?.sealedSecrets).toEqual(['second']);
    expect(ended?.updatedAt.getTime()).toBeGreaterThanOrEqual(rotated?.updatedAt.getTime() ?? Infinity);
    expect(await store.addSecret('acme', 'third')).toMatchObject({ sealedSecrets: ['third', 'second'] });
  });

  test('of secrets that are added at the same time, two are kept and told apart', async () => {
    const store = await openStore();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => store.addSecret('acme', `secret-${index}`)),
    );
    expect(answers.filter((answer) => answer !== undefined)).toHaveLength(2);
    expect(new Set((await store.find('acme'))?.sealedSecrets).size).toBe(2);
  });

  test("the token of DCI's API comes and goes without touching the secrets, also before the first", async () => {
    const store = await openStore();
    expect(await store.setApiToken('acme', 'token')).toMatchObject({
      sealedSecrets: [],
      sealedApiToken: 'token',
    });
    expect(await store.addSecret('acme', 'first')).toMatchObject({
      sealedSecrets: ['first'],
      sealedApiToken: 'token',
    });
    expect(await store.setApiToken('acme', null)).toMatchObject({
      sealedSecrets: ['first'],
      sealedApiToken: null,
    });
  });

  test('tenants are kept apart, and one is erased alone', async () => {
    const store = await openStore();
    await store.addSecret('acme', 'a');
    await store.addSecret('Acme', 'b');
    expect(await store.remove('acme')).toBe(true);
    expect(await store.find('acme')).toBeUndefined();
    expect(await store.find('Acme')).toMatchObject({ sealedSecrets: ['b'] });
  });
});
