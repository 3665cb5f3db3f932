import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import type { Client } from '@temporalio/client';
import { generateKey, parseKeyRing } from '../../src/domain/key-ring.js';
import { createLazyClient, localTarget } from '../../src/temporal/connection.js';
import { createDataConverter } from '../../src/temporal/data-converter.js';
import { oldestOf } from '../../src/temporal/oldest.js';

/** More than fit into one page of the search. */
const COUNT = 230;
const taskQueue = `nobody-works-here-${randomBytes(4).toString('hex')}`;
const query = `TaskQueue = "${taskQueue}" AND ExecutionStatus = "Running"`;

let client: Client;
let workflowIds: string[];

beforeAll(async () => {
  const keys = parseKeyRing(generateKey('test'));
  client = createLazyClient(localTarget(inject('temporalAddress')), createDataConverter(keys));
  workflowIds = Array.from({ length: COUNT }, (_, index) => `${taskQueue}-${index}`);
  const start = (workflowId: string) => client.workflow.start('AnyWorkflow', { workflowId, taskQueue });
  // The first few apart, so that their order is known; the others at once.
  for (const workflowId of workflowIds.slice(0, 4)) await start(workflowId);
  await Promise.all(workflowIds.slice(4).map(start));
  await vi.waitUntil(async () => (await client.workflow.count(query)).count === COUNT, { timeout: 20_000 });
});
afterAll(async () => {
  await Promise.all(workflowIds.map((workflowId) => client.workflow.getHandle(workflowId).terminate()));
  await client.connection.close();
});

async function oldest(total: number, limit: number): Promise<(string | null | undefined)[]> {
  const found = await oldestOf(client, query, total, limit);
  return found.map(({ execution }) => execution?.workflowId);
}

test('the oldest are found among more than fit into a page, the oldest first', async () => {
  expect(await oldest(COUNT, 4)).toEqual(workflowIds.slice(0, 4));
});

test('as many as are asked for are found, though many started at once', async () => {
  const found = await oldest(COUNT, 20);
  expect(found).toHaveLength(20);
  expect(found.slice(0, 4)).toEqual(workflowIds.slice(0, 4));
});

test('of none, none is the oldest', async () => {
  expect(await oldest(0, 20)).toEqual([]);
});
