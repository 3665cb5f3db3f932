import { HitCounter } from './counters.js';
import type { CrmRecord } from './crm.js';
import { createScriptTables, type ScriptTables } from './crm-rows.js';
import type { Fault } from './faults.js';
import { recordsIn } from './records.js';
import {
  defaultSettings,
  type TenantPatch,
  type TenantSettings,
  type TenantState,
} from './tenant-settings.js';
import type { Weather } from './weather.js';

/** One customer's SuperOffice. Everything may be changed while the sandbox runs. */
export interface Tenant extends TenantSettings {
  /** `Cust12345` */
  readonly customerInstance: string;
  /** What is to go wrong, in this order. */
  faults: Fault[];
  /** What goes wrong beside them. */
  weather?: Weather;
  counter: HitCounter;
  /** What scripts wrote. */
  tables: ScriptTables;
  /** The appointments that hold a summary. */
  readonly records: CrmRecord[];
  /** What scripts wrote to SuperOffice's debug log. */
  debugLog: string[];
  /** When the calls of the last second were let through, in milliseconds since the epoch. */
  admittedAt: number[];
}

/** All tenants of a sandbox. */
export class Tenants {
  readonly #tenants = new Map<string, Tenant>();
  /** Calls of the script endpoint for tenants that do not exist. */
  unknownHits = 0;

  find(customerInstance: string): Tenant | undefined {
    return this.#tenants.get(customerInstance);
  }

  all(): Tenant[] {
    return [...this.#tenants.values()];
  }

  /** Creates the tenant, or changes the settings that are given; its records, faults and counters stay. */
  put(customerInstance: string, patch: TenantPatch): Tenant {
    const tenant = this.find(customerInstance) ?? createTenant(customerInstance);
    this.#tenants.set(customerInstance, tenant);
    const given = Object.entries(patch).filter(([, value]) => value !== undefined);
    // Cloned, so that two tenants made of the same settings share no contacts.
    return Object.assign(tenant, structuredClone(Object.fromEntries(given)));
  }
}

/** States in which the tenant's API is up (docs: check-status.mdx). */
export function isRunning(state: TenantState): boolean {
  return state === 'Running' || state === 'OnlineMaintenance';
}

function createTenant(customerInstance: string): Tenant {
  return {
    customerInstance,
    ...defaultSettings(),
    faults: [],
    counter: new HitCounter(),
    tables: createScriptTables(),
    get records() {
      return recordsIn(this.tables);
    },
    debugLog: [],
    admittedAt: [],
  };
}
