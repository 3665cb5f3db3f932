import { z } from 'zod';
import type { PermanentTrouble } from '../domain/diagnosis.js';

/** How a customer's SuperOffice is doing. */
export type TenantStatus =
  | { kind: 'running'; endpoint: string; validUntil: number }
  /** Not there for now: maintenance, an upgrade, a migration. Not the customer's fault. */
  | { kind: 'away' }
  | { kind: 'closed'; code: Extract<PermanentTrouble, `tenant-${string}`> };

const stateAnswerSchema = z.object({
  State: z.string(),
  // A tenant that does not run needs no address.
  Endpoint: z
    .string()
    .refine((text) => URL.canParse(text))
    .optional()
    .catch(undefined),
  ValidUntil: z.string().catch(''),
});

/** States in which the API is up (docs: check-status, "IsRunning true for Running and OnlineMaintenance"). */
const runningStates: ReadonlySet<string> = new Set(['Running', 'OnlineMaintenance']);

const closedStates: ReadonlyMap<string, Extract<PermanentTrouble, `tenant-${string}`>> = new Map([
  ['Unknown', 'tenant-unknown'],
  ['Deleted', 'tenant-deleted'],
  ['Deleting', 'tenant-deleted'],
  ['DeleteFailed', 'tenant-deleted'],
  ['ProvisioningFailed', 'tenant-deleted'],
  ['Suspended', 'tenant-suspended'],
]);

/**
 * Reads an answer of the state API, `GET https://online.superoffice.com/api/state/CustNNNNN`; undefined where it
 * says nothing about the tenant, because the state API itself is ill.
 *
 * Source: SuperOffice docs, tenant-status/check-status (2026-02-27).
 */
export function readTenantStatus(status: number, body: string): TenantStatus | undefined {
  if (status === 404) return { kind: 'closed', code: 'tenant-unknown' };
  if (status !== 200) return undefined;
  const answer = parseState(body);
  if (answer === undefined) return undefined;
  const closed = closedStates.get(answer.State);
  if (closed !== undefined) return { kind: 'closed', code: closed };
  if (!runningStates.has(answer.State)) return { kind: 'away' };
  if (answer.Endpoint === undefined) return undefined;
  return { kind: 'running', endpoint: answer.Endpoint, validUntil: Date.parse(answer.ValidUntil) };
}

function parseState(body: string): z.output<typeof stateAnswerSchema> | undefined {
  try {
    return stateAnswerSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
