import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { expect, inject, onTestFinished, test } from 'vitest';
import { countBacklog } from '../../src/temporal/backlog.js';
import { registerSearchAttributes } from '../../src/temporal/register-search-attributes.js';
import { deliveryStateAttribute, troubleAttribute } from '../../src/workflows/attributes.js';

/** The counts are of a whole namespace, so it has one to itself. */
async function clientOfNewNamespace(): Promise<Client> {
  const namespace = `backlog-${randomBytes(4).toString('hex')}`;
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  onTestFinished(() => connection.close());
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs('1 day'),
  });
  const client = new Client({ connection, namespace });
  // The parts of a server come to know a namespace one by one.
  await expect.poll(() => registerSearchAttributes(client).then(() => 'ready', String)).toBe('ready');
  return client;
}

test('what is parked by a pause is counted apart: it waits for nobody but whoever paused', async () => {
  const client = await clientOfNewNamespace();
  let started = 0;
  const start = (workflowType: string, state?: string, trouble?: string) =>
    client.workflow.start(workflowType, {
      taskQueue: 'nobody',
      workflowId: `${workflowType}/${(started += 1)}`,
      typedSearchAttributes: [
        ...(state === undefined ? [] : [{ key: deliveryStateAttribute, value: state }]),
        ...(trouble === undefined ? [] : [{ key: troubleAttribute, value: trouble }]),
      ],
    });
  await start('DeliverSummary', 'delivering');
  await start('DeliverSummary', 'parked', 'unauthorized');
  // One whose trouble is not known has to be looked at, too.
  await start('DeliverSummary', 'parked');
  for (const _ of [1, 2, 3]) await start('DeliverSummary', 'parked', 'paused');
  // Of the tenant, not of a delivery.
  await start('RecoverConnection', undefined, 'unauthorized');
  await start('SendEvent');
  await expect
    .poll(() => countBacklog(client))
    .toEqual({ delivering: 1, parked: 2, paused: 3, eventsPending: 1 });
});
