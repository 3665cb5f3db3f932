import type { CrmRecord } from './crm.js';
import type { ScriptTables } from './crm-rows.js';
import type { Row } from './crmscript/crm-tables.js';

/** ActivityStatus "completed". */
const COMPLETED = 3;

/** The appointments that hold a summary, in the order of their ids. */
export function recordsIn({ appointment, foreignkey }: ScriptTables): CrmRecord[] {
  const keysOf = new Map<number, Row[]>();
  for (const key of foreignkey) {
    const id = Number(key.record_id);
    keysOf.set(id, [...(keysOf.get(id) ?? []), key]);
  }
  return appointment.flatMap((row) => {
    const keys = keysOf.get(Number(row.appointment_id)) ?? [];
    return keys.some(({ subkey }) => subkey === 'meeting') ? [recordOf(row, keys)] : [];
  });
}

function recordOf(row: Row, keys: readonly Row[]): CrmRecord {
  const newest = (name: string) => String(keys.findLast(({ subkey }) => subkey === name)?.subvalue ?? '');
  const [generatedAt = '', revision = '0'] = newest('written').split('/');
  return {
    recordId: Number(row.appointment_id),
    deliveryId: newest('delivery'),
    meetingId: newest('meeting'),
    title: String(row.title),
    startLocal: String(row.do_by),
    endLocal: String(row.endDate),
    internalNotes: String(row.internal_notes),
    recordingUrl: /^Recording: (\S+)$/m.exec(String(row.internal_notes))?.[1] ?? '',
    location: String(row.location),
    ownerId: Number(row.associate_id),
    contactId: Number(row.person_id),
    companyId: Number(row.contact_id),
    isCompleted: row.status === COMPLETED,
    generatedAt,
    revision: Number(revision),
    revisions: Number(row.updatedCount),
  };
}
