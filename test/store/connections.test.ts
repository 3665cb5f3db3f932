import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { createConnectionStore } from '../../src/store/connections.js';
import { engines } from './support/engines.js';
import { newConnection } from './support/new-connection.js';

describe.each(engines)('the connections in $engine', ({ open }) => {
  test('a tenant has none before the first', async () => {
    const { queries } = await open();
    expect(await createConnectionStore(queries).find('tenant-1')).toBeUndefined();
  });

  test('gives back what was saved, with its times', async () => {
    const { queries } = await open();
    const store = createConnectionStore(queries);
    const connection = newConnection({
      includeId: 'Å "quoted"; drop table connections; -- 🪑',
      enabled: false,
    });
    const saved = await store.save(connection);
    expect(saved).toEqual({
      ...connection,
      epoch: expect.any(Number) as number,
      attentionCode: null,
      attentionSince: null,
      createdAt: expect.any(Date) as Date,
      updatedAt: expect.any(Date) as Date,
    });
    expect(saved.updatedAt).toEqual(saved.createdAt);
    expect(await store.find('tenant-1')).toEqual(saved);
  });

  test('takes the place of the earlier one, keeps when it was made and moves when it was changed', async () => {
    const { queries } = await open();
    const store = createConnectionStore(queries);
    await store.save(newConnection());
    const then = new Date('2026-01-02T03:04:05.678Z');
    await queries.execute(
      sql`update connections set created_at = ${then.toISOString()}, updated_at = ${then.toISOString()}`,
    );
    const changed = newConnection({
      domainPrefix: 'app',
      customerInstance: 'Cust54321',
      includeId: 'another',
      timeZone: 'Asia/Kolkata',
      sealedToken: 'sealed-2',
      sealedSigningSecret: 'sealed-secret',
      enabled: false,
    });
    const saved = await store.save(changed);
    expect(saved).toMatchObject({ ...changed, createdAt: then });
    expect(saved.updatedAt.getTime()).toBeGreaterThan(then.getTime());
    expect(await store.find('tenant-1')).toEqual(saved);
  });

  test('keeps tenants apart, also those whose ids differ in case alone', async () => {
    const { queries } = await open();
    const store = createConnectionStore(queries);
    await store.save(newConnection({ tenantId: 'acme', sealedToken: 'a' }));
    await store.save(newConnection({ tenantId: 'Acme', sealedToken: 'b' }));
    await store.save(newConnection({ tenantId: 'Acme', sealedToken: 'c' }));
    expect(await store.find('acme')).toMatchObject({ tenantId: 'acme', sealedToken: 'a' });
    expect(await store.find('Acme')).toMatchObject({ tenantId: 'Acme', sealedToken: 'c' });
    expect(await store.find('ACME')).toBeUndefined();
    expect(await store.find("acme' or '1'='1")).toBeUndefined();
  });

  test('saves at the same time end in one of them, whole', async () => {
    const { queries } = await open();
    const store = createConnectionStore(queries);
    const connections = Array.from({ length: 10 }, (_, index) =>
      newConnection({ domainPrefix: `host-${index}`, sealedToken: `sealed-${index}` }),
    );
    await Promise.all(connections.map((connection) => store.save(connection)));
    const stored = await store.find('tenant-1');
    expect(connections).toContainEqual(expect.objectContaining({ ...newConnection(), ...pick(stored) }));
    const { rows } = (await queries.execute(sql`select count(*)::int as count from connections`)) as {
      rows: unknown[];
    };
    expect(rows).toEqual([{ count: 1 }]);
  });

  test('a trouble is noted once, only in the epoch that met it, and a reconnect ends it', async () => {
    const { queries } = await open();
    const store = createConnectionStore(queries);
    const { epoch } = await store.save(newConnection());
    expect(await store.raiseAttention('tenant-1', epoch, 'unauthorized')).toBe(true);
    expect(await store.raiseAttention('tenant-1', epoch, 'not-found')).toBe(false);
    expect(await store.find('tenant-1')).toMatchObject({
      attentionCode: 'unauthorized',
      attentionSince: expect.any(Date) as Date,
    });

    const reconnected = await store.save(newConnection());
    expect(reconnected).toMatchObject({ attentionCode: null, attentionSince: null });
    expect(reconnected.epoch).toBeGreaterThan(epoch);
    expect(await store.raiseAttention('tenant-1', epoch, 'unauthorized')).toBe(false);
  });

  test('a trouble that is over begins a new epoch', async () => {
    const { queries } = await open();
    const store = createConnectionStore(queries);
    const { epoch } = await store.save(newConnection());
    expect(await store.clearAttention('tenant-1')).toBe(false);
    await store.raiseAttention('tenant-1', epoch, 'unauthorized');
    expect(await store.clearAttention('tenant-1')).toBe(true);
    const healthy = await store.find('tenant-1');
    expect(healthy).toMatchObject({ attentionCode: null, attentionSince: null });
    expect(healthy?.epoch).toBeGreaterThan(epoch);
  });

  test('a pause keeps the epoch and the token; a resume begins a new epoch', async () => {
    const { queries } = await open();
    const store = createConnectionStore(queries);
    expect(await store.setEnabled('tenant-1', false)).toBeUndefined();
    const { epoch, sealedToken } = await store.save(newConnection());
    expect(await store.setEnabled('tenant-1', false)).toMatchObject({ enabled: false, epoch, sealedToken });
    const resumed = await store.setEnabled('tenant-1', true);
    expect(resumed).toMatchObject({ enabled: true, sealedToken });
    expect(resumed?.epoch).toBeGreaterThan(epoch);
  });

  test('a connection that is removed is gone, and a later one begins a later epoch', async () => {
    const { queries } = await open();
    const store = createConnectionStore(queries);
    const { epoch } = await store.save(newConnection());
    expect(await store.remove('tenant-1')).toBe(true);
    expect(await store.remove('tenant-1')).toBe(false);
    expect(await store.find('tenant-1')).toBeUndefined();
    expect((await store.save(newConnection())).epoch).toBeGreaterThanOrEqual(epoch);
  });

  test('keeps the last known endpoint', async () => {
    const { queries } = await open();
    const store = createConnectionStore(queries);
    const { epoch } = await store.save(newConnection());
    await store.rememberEndpoint('tenant-1', epoch, 'https://app.superoffice.com/Cust12345');
    expect(await store.find('tenant-1')).toMatchObject({ endpoint: 'https://app.superoffice.com/Cust12345' });
  });

  test('what an attempt found out is none of a connection that was made meanwhile', async () => {
    const { queries } = await open();
    const store = createConnectionStore(queries);
    const { epoch: earlier } = await store.save(newConnection());
    const { epoch } = await store.save(newConnection());
    await store.raiseAttention('tenant-1', epoch, 'unauthorized');
    await store.rememberEndpoint('tenant-1', earlier, 'https://app.superoffice.com/Cust12345');
    expect(await store.clearAttention('tenant-1', earlier)).toBe(false);
    expect(await store.find('tenant-1')).toMatchObject({ endpoint: null, attentionCode: 'unauthorized' });
    expect(await store.clearAttention('tenant-1', epoch)).toBe(true);
  });

  test('answers a ping', async () => {
    const database = await open();
    await expect(database.ping()).resolves.toBeUndefined();
  });
});

function pick(connection?: { domainPrefix: string; sealedToken: string }) {
  return { domainPrefix: connection?.domainPrefix, sealedToken: connection?.sealedToken };
}
