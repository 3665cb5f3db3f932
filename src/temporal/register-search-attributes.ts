import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, ConnectionLike } from '@temporalio/client';
import proto from '@temporalio/proto';
import { deliveryStateAttribute, tenantIdAttribute, troubleAttribute } from '../workflows/attributes.js';
import { grpcCodeOf } from './unavailable.js';

const { INDEXED_VALUE_TYPE_KEYWORD } = proto.temporal.api.enums.v1.IndexedValueType;
const names = [tenantIdAttribute, deliveryStateAttribute, troubleAttribute].map(({ name }) => name);

const INVALID_ARGUMENT = 3;
const ALREADY_EXISTS = 6;
/** A server may take a minute until a new attribute is known to all its parts, in milliseconds. */
const PROPAGATION_MS = 90_000;
const POLL_MS = 500;

/**
 * Makes the namespace know the search attributes of deliveries, where the service may; and waits until it does.
 *
 * @throws Error with the command to run, where it may not
 */
export async function registerSearchAttributes(client: Client): Promise<void> {
  const { namespace } = client.options;
  const operator = (client.connection as Required<Pick<ConnectionLike, 'operatorService'>>).operatorService;
  try {
    const { customAttributes } = await operator.listSearchAttributes({ namespace });
    const missing = names.filter((name) => !(name in customAttributes));
    if (missing.length === 0) return;
    await operator.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map((name) => [name, INDEXED_VALUE_TYPE_KEYWORD])),
    });
  } catch (error) {
    // Another process was faster; or this one may not look, and somebody else has registered them.
    if (grpcCodeOf(error) !== ALREADY_EXISTS && !(await areKnown(client)))
      throw notRegistered(namespace, error);
  }
  const deadline = Date.now() + PROPAGATION_MS;
  while (Date.now() < deadline) {
    if (await areKnown(client)) return;
    await sleep(POLL_MS);
  }
  throw notRegistered(namespace);
}

async function areKnown(client: Client): Promise<boolean> {
  try {
    await client.workflow.count(names.map((name) => `${name} = "none"`).join(' OR '));
    return true;
  } catch (error) {
    if (grpcCodeOf(error) === INVALID_ARGUMENT) return false;
    throw error;
  }
}

function notRegistered(namespace: string, cause?: unknown): Error {
  const flags = names.map((name) => `--name ${name} --type Keyword`).join(' ');
  return new Error(
    `The namespace "${namespace}" lacks search attributes, and this service may not add them. ` +
      `Run: temporal operator search-attribute create --namespace ${namespace} ${flags}`,
    { cause },
  );
}
