import { type Connection, ProblemError, type TenantClient } from '@dci-superoffice/client';
import type { Command } from 'commander';
import { connectionRows } from '../connection.js';
import { overviewWords } from '../overview.js';
import type { Act } from '../program.js';
import type { Context } from '../settings.js';
import { ago, columns } from '../words.js';

/** So many of one state are counted; more are told as "200+". */
const MAX_COUNTED = 200;

/** How a tenant, or the service, is doing. */
export function addStatusCommand(program: Command, act: Act): void {
  program
    .command('status')
    .description(
      'how a tenant is doing: connection, what is under way and parked; without one, how all tenants are',
    )
    .argument('[tenant]', 'id of the tenant')
    .action(
      act((context, tenantId?: string) =>
        tenantId === undefined ? ofService(context) : ofTenant(context, tenantId),
      ),
    );
}

async function ofService({ client, output }: Context) {
  const overview = await client.overview();
  output.result(overview, () => overviewWords(output, overview));
  return undefined;
}

async function ofTenant({ client, output }: Context, tenantId: string) {
  const tenant = client.tenant(tenantId);
  const [connection, delivering, parked, [latest]] = await Promise.all([
    connectionOf(tenant),
    countOf(tenant, 'delivering'),
    countOf(tenant, 'parked'),
    tenant.deliveries({ state: 'delivered', limit: 1 }).then(({ deliveries }) => deliveries),
  ]);
  const status = {
    tenantId,
    connection,
    delivering,
    parked,
    ...(latest && { latestDelivery: latest }),
  };
  output.result(status, () => {
    const rows = connection
      ? connectionRows(output, connection)
      : [[output.style('dim', 'connection'), 'none']];
    return columns([
      ...rows,
      [output.style('dim', 'under way'), words(delivering)],
      [output.style('dim', 'parked'), parked.count > 0 ? output.style('red', words(parked)) : words(parked)],
      [output.style('dim', 'delivered'), latest?.endedAt ? `last ${ago(latest.endedAt)}` : 'none yet'],
    ]);
  });
  return undefined;
}

interface Count {
  count: number;
  /** There are more than were counted. */
  more: boolean;
}

async function countOf(tenant: TenantClient, state: 'delivering' | 'parked'): Promise<Count> {
  const { deliveries, nextCursor } = await tenant.deliveries({ state, limit: MAX_COUNTED });
  return { count: deliveries.length, more: nextCursor !== undefined };
}

function words({ count, more }: Count): string {
  return `${count}${more ? '+' : ''}`;
}

/** Null where there is none: a tenant may be disconnected, and its deliveries still be there. */
async function connectionOf(tenant: TenantClient): Promise<Connection | null> {
  try {
    return await tenant.connection();
  } catch (error) {
    if (error instanceof ProblemError && error.kind === 'not-found') return null;
    throw error;
  }
}
