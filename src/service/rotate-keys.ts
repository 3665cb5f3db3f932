import type { KeyRing } from '../domain/key-ring.js';
import type { Queries } from '../store/database.js';
import { resealAll, type ResealReport } from '../store/reseal.js';
import { sealedValuesIn } from '../store/sealed-values.js';
import { createSealing } from '../store/sealing.js';

/** So often all values are read again because somebody changed some meanwhile. */
const MAX_PASSES = 5;

/** What a rotation works on. */
export interface RotationParts {
  queries: Queries;
  sealingKeys: KeyRing;
  payloadKeys: KeyRing;
  /** How many open workflows hold payloads of each payload key. */
  payloadKeysInUse: () => Promise<Map<string, number>>;
  say: (line: string) => void;
}

/**
 * Seals everything anew that older keys sealed (or only looks), and tells which keys are still needed.
 *
 * @returns whether every value could be read
 */
export async function rotateKeys(
  { queries, sealingKeys, payloadKeys, payloadKeysInUse, say }: RotationParts,
  { isDryRun }: { isDryRun: boolean },
): Promise<boolean> {
  const newest = sealingKeys.newest.id;
  const reseal = () => resealAll(sealedValuesIn(queries), createSealing(sealingKeys), newest, { isDryRun });
  const report = await reseal();
  for (let pass = 1; report.overtaken > 0 && pass < MAX_PASSES; pass += 1) {
    const { resealed, overtaken, unreadable } = await reseal();
    Object.assign(report, { resealed: report.resealed + resealed, overtaken, unreadable });
  }
  say(`SEALING_KEYS: the newest is "${newest}".`);
  for (const line of linesOf(report, newest, isDryRun)) say(line);

  say(`PAYLOAD_KEYS: the newest is "${payloadKeys.newest.id}".`);
  const inUse = [...(await payloadKeysInUse())].sort();
  for (const [id, count] of inUse) say(`  "${id}": needed by ${plural(count, 'open workflow')}`);
  if (inUse.length === 0) say('  no open workflow needs any');
  say('  Ended workflows need their keys until the retention of the namespace has passed.');
  return report.unreadable.length === 0 && report.overtaken === 0;
}

function linesOf(report: ResealReport, newest: string, isDryRun: boolean): string[] {
  const { byKeyId, resealed, overtaken, unreadable } = report;
  return [
    ...[...byKeyId]
      .sort()
      .map(([id, count]) => `  "${id}" ${isDryRun ? 'seals' : 'sealed'} ${plural(count, 'value')}`),
    ...(isDryRun ? [] : [`  sealed anew with "${newest}": ${plural(resealed, 'value')}`]),
    ...(overtaken > 0
      ? [`  changed by somebody else again and again: ${plural(overtaken, 'value')}; run it once more`]
      : []),
    ...unreadable.map(
      ({ tenantId, place, keyId }) =>
        `  can not be opened: the ${place} of tenant "${tenantId}"; the key "${keyId}" is not in SEALING_KEYS, ` +
        'or the value was altered. Add the key again, or have it entered anew.',
    ),
  ];
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
