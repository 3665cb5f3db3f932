import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery, TenantClient } from '@dci-superoffice/client';
import { type Command, InvalidArgumentError } from 'commander';
import { deliveryLine, fingerprintOf } from '../deliveries.js';
import type { Act } from '../program.js';

interface TailFlags {
  lines: number;
  interval: number;
}

/** Deliveries that are looked at each time: those under way first, then the newest that have ended. */
const PAGE = 200;
/** A service that is restarted comes back in time; one that is gone for longer ends the command. */
const RETRY_FOR_MS = 5 * 60_000;

/** Follows what happens to a tenant's deliveries. */
export function addTailCommand(program: Command, act: Act): void {
  program
    .command('tail')
    .description(
      'follow a tenant’s deliveries live: a line each time that one changes its state; Ctrl-C ends it',
    )
    .argument('<tenant>', 'id of the tenant')
    .option('-n, --lines <number>', 'so many of the latest first', wholeNumber, 10)
    .option('--interval <seconds>', 'how often to look', positiveNumber, 2)
    .action(
      act(
        async ({ client, output, signal }, tenantId: string, { lines, interval }: TailFlags) => {
          for await (const delivery of changesOf(client.tenant(tenantId), lines, interval * 1_000, signal)) {
            output.result(delivery, () => deliveryLine(output, delivery).join('  '));
          }
          return undefined;
        },
        { retryForMs: RETRY_FOR_MS, isEndless: true },
      ),
    );
}

async function* changesOf(
  tenant: TenantClient,
  lines: number,
  intervalMs: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Delivery, void> {
  const seen = new Map<string, string>();
  for (let isFirst = true; ; isFirst = false) {
    const { deliveries } = await tenant.deliveries({ limit: PAGE });
    const changed = deliveries
      .filter((one) => seen.get(one.deliveryId) !== fingerprintOf(one))
      .sort((one, other) => timeOf(one).localeCompare(timeOf(other)));
    for (const one of changed) seen.set(one.deliveryId, fingerprintOf(one));
    const told = isFirst ? changed.slice(Math.max(0, changed.length - lines)) : changed;
    for (const { deliveryId } of told) yield await tenant.delivery(deliveryId);
    await sleep(intervalMs, undefined, { signal });
  }
}

function timeOf({ endedAt, acceptedAt }: { endedAt?: string; acceptedAt: string }): string {
  return endedAt ?? acceptedAt;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('Give a whole number below 1000.');
  return Number(text);
}

function positiveNumber(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 3_600)) throw new InvalidArgumentError('Give seconds, up to 3600.');
  return seconds;
}
