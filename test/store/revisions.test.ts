import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { createConnectionStore } from '../../src/store/connections.js';
import { createRevisions, type SummaryRevision } from '../../src/store/revisions.js';
import { engines } from './support/engines.js';
import { newConnection } from './support/new-connection.js';

const summary = (deliveryId: string, writtenAt: string, tenantId = 'tenant-1', meetingId = 'm-1') => ({
  tenantId,
  meetingId,
  deliveryId,
  writtenAt,
});

describe.each(engines)('the revisions in $engine', ({ open }) => {
  /** Two tenants are connected. */
  async function opened(random?: () => number) {
    const { queries } = await open();
    const connections = createConnectionStore(queries);
    for (const tenantId of ['tenant-1', 'tenant-2']) await connections.save(newConnection({ tenantId }));
    const revisions = createRevisions(queries, random);
    const enter = async (summary: SummaryRevision) => (await revisions.enter(summary))?.entered;
    return { queries, connections, revisions, enter };
  }

  test('who enters a summary is told its tenant’s connection, as it is then', async () => {
    const { connections, revisions } = await opened();
    const entry = await revisions.enter(summary('a', '2026-09-01T10:00:00Z', 'tenant-2'));
    expect(entry?.connection).toEqual(await connections.find('tenant-2'));
    await connections.setEnabled('tenant-2', false);
    const late = await revisions.enter(summary('b', '2026-09-01T09:00:00Z', 'tenant-2'));
    expect(late).toEqual({ connection: await connections.find('tenant-2') });
  });

  test('a summary of a tenant that is not connected is not entered', async () => {
    const { connections, queries, revisions } = await opened();
    await connections.remove('tenant-1');
    expect(await revisions.enter(summary('a', '2026-09-01T10:00:00Z'))).toBeUndefined();
    expect((await queries.execute(sql`select from revisions`)) as { rows: unknown[] }).toMatchObject({
      rows: [],
    });
  });

  test('the first summary of a meeting is revision 1 and takes the place of none', async () => {
    const { revisions, enter } = await opened();
    expect(await enter(summary('a', '2026-09-01T10:00:00Z'))).toEqual({ revision: 1 });
    expect(await revisions.isNewest(summary('a', ''))).toBe(true);
  });

  test('a newer one takes its place, and says whose', async () => {
    const { revisions, enter } = await opened();
    await revisions.enter(summary('a', '2026-09-01T10:00:00Z'));
    expect(await enter(summary('b', '2026-09-01T11:00:00+00:00'))).toEqual({
      revision: 2,
      supersedes: 'a',
    });
    expect(await revisions.isNewest(summary('a', ''))).toBe(false);
    expect(await revisions.isNewest(summary('b', ''))).toBe(true);
  });

  test('an older one is refused, by the instant and not by the letters of the time', async () => {
    const { revisions, enter } = await opened();
    await revisions.enter(summary('a', '2026-09-01T10:00:00Z'));
    expect(await enter(summary('b', '2026-09-01T11:30:00+02:00'))).toBeUndefined();
    expect(await revisions.isNewest(summary('b', ''))).toBe(false);
  });

  test.each(['0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '2026-09-01T10:00:00+23:59'])(
    'whatever ISO 8601 allows is a time: %s',
    async (writtenAt) => {
      const { revisions, enter } = await opened();
      await revisions.enter(summary('a', writtenAt));
      const later = new Date(Date.parse(writtenAt) + 1).toISOString();
      expect(await enter(summary('b', later))).toEqual({ revision: 2, supersedes: 'a' });
      expect(await enter(summary('c', writtenAt))).toBeUndefined();
    },
  );

  test('meetings that nobody has written of for years are forgotten, now and then', async () => {
    const { queries, revisions } = await opened(() => 0);
    await revisions.enter(summary('a', '2026-09-01T10:00:00Z'));
    await revisions.enter(summary('b', '2026-09-01T10:00:00Z', 'tenant-1', 'm-2'));
    await queries.execute(
      sql`update revisions set updated_at = now() - interval '3 years' where delivery_id = 'a'`,
    );
    await revisions.enter(summary('c', '2026-09-01T10:00:00Z', 'tenant-1', 'm-3'));
    const { rows } = (await queries.execute(sql`select delivery_id from revisions order by delivery_id`)) as {
      rows: unknown[];
    };
    expect(rows).toEqual([{ delivery_id: 'b' }, { delivery_id: 'c' }]);
  });

  test('the same delivery again keeps its number, and says again whose place it took: it may not have been told', async () => {
    const { revisions, enter } = await opened();
    await revisions.enter(summary('a', '2026-09-01T10:00:00Z'));
    await revisions.enter(summary('b', '2026-09-01T11:00:00Z'));
    const again = { revision: 2, supersedes: 'a' };
    expect(await enter(summary('b', '2026-09-01T11:00:00Z'))).toEqual(again);
    expect(await enter(summary('b', '2026-09-01T11:00:00Z'))).toEqual(again);
  });

  test('meetings and tenants are apart', async () => {
    const { revisions, enter } = await opened();
    await revisions.enter(summary('a', '2026-09-01T10:00:00Z'));
    expect(await enter(summary('b', '2026-09-01T11:00:00Z', 'tenant-1', 'm-2'))).toEqual({
      revision: 1,
    });
    expect(await enter(summary('c', '2026-09-01T11:00:00Z', 'tenant-2'))).toEqual({ revision: 1 });
    for (const [id, tenantId, meetingId] of [
      ['a', 'tenant-1', 'm-1'],
      ['b', 'tenant-1', 'm-2'],
      ['c', 'tenant-2', 'm-1'],
    ] as const)
      expect(await revisions.isNewest(summary(id, '', tenantId, meetingId))).toBe(true);
  });

  test('of summaries that come at the same time exactly one is the newest, each with a number of its own', async () => {
    const { revisions, enter } = await opened();
    const ids = Array.from({ length: 10 }, (_, index) => `d-${index}`);
    const entered = await Promise.all(ids.map((id) => enter(summary(id, '2026-09-01T10:00:00Z'))));
    expect(entered.map((one) => one?.revision).sort((a = 0, b = 0) => a - b)).toEqual(
      ids.map((_, index) => index + 1),
    );
    // Each but the first took the place of another one.
    expect(new Set(entered.map((one) => one?.supersedes)).size).toBe(ids.length);
    const newest = await Promise.all(ids.map((id) => revisions.isNewest(summary(id, ''))));
    expect(newest.filter(Boolean)).toHaveLength(1);
  });
});
