import type { Delivery, DeliveryListItem, TenantClient } from '@dci-superoffice/client';
import type { Command } from 'commander';
import { deliveryRows } from '../deliveries.js';
import type { Output } from '../output.js';
import type { Act } from '../program.js';
import { UsageError } from '../usage-error.js';
import { ago, columns, count } from '../words.js';

/** What stands out about one trouble of a tenant. */
interface Trouble {
  code: string;
  cause: string;
  remedy: string;
  deliveries: DeliveryListItem[];
}

/** See what became of deliveries, and mend what did not arrive. */
export function addDeliveryCommands(program: Command, act: Act): void {
  program
    .command('parked')
    .description('list what waits for a person, by its trouble, with the remedy')
    .argument('<tenant>', 'id of the tenant')
    .action(
      act(async ({ client, output }, tenantId: string) => {
        const troubles = await troublesOf(client.tenant(tenantId));
        output.result(troubles, () => parkedWords(output, tenantId, troubles));
        return undefined;
      }),
    );

  program
    .command('delivery')
    .description('show one delivery: state, attempts, trouble and remedy, result')
    .argument('<tenant>', 'id of the tenant')
    .argument('<delivery>', 'id of the delivery')
    .action(
      act(async ({ client, output }, tenantId: string, deliveryId: string) => {
        const delivery = await client.tenant(tenantId).delivery(deliveryId);
        output.result(delivery, () => columns(deliveryRows(output, delivery)));
        return undefined;
      }),
    );

  program
    .command('retry')
    .description('start parked deliveries again')
    .argument('<tenant>', 'id of the tenant')
    .argument('[deliveries...]', 'ids of the deliveries')
    .option('--all', 'everything parked of the tenant: a few first, after a test call where it is in trouble')
    .action(
      act(async ({ client, output }, tenantId: string, ids: string[], { all = false }: { all?: boolean }) => {
        if (all === ids.length > 0) throw new UsageError('Give ids of deliveries, or --all.');
        const tenant = client.tenant(tenantId);
        if (all) {
          const retried = await tenant.retryAll();
          output.result({ retried }, () => `${count(retried, 'delivery', 'deliveries')} started again.`);
        } else {
          await askForEach(output, ids, (id) => tenant.retry(id), 'started again');
        }
        return undefined;
      }),
    );

  program
    .command('resend')
    .description(
      'send deliveries that have ended once more: those that matched nobody, were cancelled or lost',
    )
    .argument('<tenant>', 'id of the tenant')
    .argument('<deliveries...>', 'ids of the deliveries')
    .option('--force', 'file it once more, whatever SuperOffice has of it')
    .action(
      act(
        async (
          { client, output },
          tenantId: string,
          ids: string[],
          { force = false }: { force?: boolean },
        ) => {
          const tenant = client.tenant(tenantId);
          await askForEach(output, ids, (id) => tenant.resend(id, { force }), 'on its way again');
          return undefined;
        },
      ),
    );

  program
    .command('cancel')
    .description('give up deliveries that are under way or parked; what is in SuperOffice stays there')
    .argument('<tenant>', 'id of the tenant')
    .argument('<deliveries...>', 'ids of the deliveries')
    .action(
      act(async ({ client, output }, tenantId: string, ids: string[]) => {
        const tenant = client.tenant(tenantId);
        await askForEach(output, ids, (id) => tenant.cancel(id), 'cancelled');
        return undefined;
      }),
    );
}

/** One after the other: the first that is refused ends it, and what was done before it has been told. */
async function askForEach(
  output: Output,
  ids: readonly string[],
  ask: (id: string) => Promise<void>,
  done: string,
): Promise<void> {
  for (const id of ids) {
    await ask(id);
    output.result({ deliveryId: id }, () => `${id} ${done}`);
  }
}

/** The parked ones by their trouble, the most frequent first; one of each is asked for its cause and remedy. */
async function troublesOf(tenant: TenantClient): Promise<Trouble[]> {
  const byCode = new Map<string, DeliveryListItem[]>();
  for await (const delivery of tenant.eachDelivery({ state: 'parked', limit: 200 })) {
    const code = delivery.trouble ?? 'unknown';
    byCode.set(code, [...(byCode.get(code) ?? []), delivery]);
  }
  const troubles = [...byCode].map(async ([code, deliveries]) => {
    const one = deliveries[0] && (await tenant.delivery(deliveries[0].deliveryId));
    return { code, ...wordsOf(one), deliveries };
  });
  return (await Promise.all(troubles)).sort((one, other) => other.deliveries.length - one.deliveries.length);
}

function wordsOf(delivery: Delivery | undefined): { cause: string; remedy: string } {
  const { cause = '', remedy = '' } = delivery?.lastFailure ?? {};
  return { cause, remedy };
}

function parkedWords(output: Output, tenantId: string, troubles: readonly Trouble[]): string {
  if (troubles.length === 0) return 'Nothing is parked.';
  const parts = troubles.map(({ code, cause, remedy, deliveries }) => {
    const rows = deliveries.map(({ deliveryId, acceptedAt }) => [`  ${deliveryId}`, ago(acceptedAt)]);
    return [
      `${output.style('red', code)}: ${count(deliveries.length, 'delivery', 'deliveries')}. ${cause}`,
      `  ${output.style('bold', remedy)}`,
      columns(rows),
    ].join('\n');
  });
  return `${parts.join('\n\n')}\n\nOnce it is mended: dci-superoffice retry ${tenantId} --all`;
}
