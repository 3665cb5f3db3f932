import type { SuperOfficeTenant } from './customers.js';
import { meetingsOf } from './meetings.js';
import type { Item } from './subject.js';

/** Makes items that were never sent before, shared out among some tenants. */
export type NextItems = (tenants: readonly SuperOfficeTenant[], count: number) => Item[];

/** @param meetingsFile a JSONL file */
export function createItems(meetingsFile: string): NextItems {
  const meeting = meetingsOf(meetingsFile);
  let next = 0;
  return (tenants, count) =>
    Array.from({ length: count }, () => {
      const index = (next += 1);
      const tenant = tenants[index % tenants.length];
      if (tenant === undefined) throw new Error('There are no tenants.');
      return { index, tenant, summary: meeting(index) };
    });
}
