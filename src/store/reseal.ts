import { decodeProtectedHeader } from 'jose';
import type { SealedValue } from './sealed-values.js';
import { openOrUndefined, type Sealing } from './sealing.js';

/** What a look at all sealed values found, and what was done about it. */
export interface ResealReport {
  /** Values by the id of the key that sealed them before. */
  byKeyId: Map<string, number>;
  /** Values that were sealed anew. */
  resealed: number;
  /** Values that somebody else changed meanwhile, with whichever key that process thinks the newest. */
  overtaken: number;
  /** Values that no key of the ring opens. */
  unreadable: { tenantId: string; place: SealedValue['place']; keyId: string }[];
}

/**
 * Seals every value anew that an older key sealed.
 *
 * @param newestKeyId of the ring that `sealing` works with
 * @param isDryRun only looks
 */
export async function resealAll(
  values: AsyncIterable<SealedValue>,
  sealing: Sealing,
  newestKeyId: string,
  { isDryRun = false } = {},
): Promise<ResealReport> {
  const report: ResealReport = { byKeyId: new Map(), resealed: 0, overtaken: 0, unreadable: [] };
  for await (const { tenantId, place, sealed, replace } of values) {
    const keyId = keyIdOf(sealed);
    report.byKeyId.set(keyId, (report.byKeyId.get(keyId) ?? 0) + 1);
    if (keyId === newestKeyId) continue;
    const opened = await openOrUndefined(sealing, tenantId, sealed);
    if (opened === undefined) {
      report.unreadable.push({ tenantId, place, keyId });
    } else if (!isDryRun) {
      const isReplaced = await replace(await sealing.seal(tenantId, opened));
      report[isReplaced ? 'resealed' : 'overtaken'] += 1;
    }
  }
  return report;
}

function keyIdOf(sealed: string): string {
  try {
    return decodeProtectedHeader(sealed).kid ?? '';
  } catch {
    return '';
  }
}
