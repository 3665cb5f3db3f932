import type { CrmAppointment, CrmContinuation, CrmRecord } from './crm.js';
import type { ScriptTables } from './crm-rows.js';
import type { Row } from './crmscript/crm-tables.js';

/** ActivityStatus "completed". */
const COMPLETED = 3;

/** An appointment and the keys that it has. */
interface Filed {
  row: Row;
  keys: readonly Row[];
}

/** The appointments that hold a summary, in the order of their ids. Continuations are within them, and none of their own. */
export function recordsIn({ appointment, foreignkey }: ScriptTables): CrmRecord[] {
  const keysOf = new Map<number, Row[]>(appointment.map((row) => [Number(row.appointment_id), []]));
  for (const key of foreignkey) keysOf.get(Number(key.record_id))?.push(key);
  const filed = appointment.map((row) => ({ row, keys: keysOf.get(Number(row.appointment_id)) ?? [] }));
  return filed.filter(({ keys }) => newest(keys, 'meeting') !== '').map((one) => recordOf(one, filed));
}

/** How many appointments there are beyond one for each meeting, and one for each further part of its summary. */
export function countDuplicates(records: readonly CrmRecord[]): number {
  const beyondOneEach = (names: readonly unknown[]) => names.length - new Set(names).size;
  return (
    beyondOneEach(records.map(({ meetingId }) => meetingId)) +
    records.reduce((sum, { continuations }) => sum + beyondOneEach(continuations.map(({ part }) => part)), 0)
  );
}

function recordOf({ row, keys }: Filed, filed: readonly Filed[]): CrmRecord {
  const [generatedAt = '', revision = '0'] = newest(keys, 'written').split('/');
  const meetingId = newest(keys, 'meeting');
  const fields = fieldsOf(row);
  return {
    ...fields,
    deliveryId: newest(keys, 'delivery'),
    meetingId,
    recordingUrl: /^Recording: (\S+)$/m.exec(fields.internalNotes)?.[1] ?? '',
    generatedAt,
    revision: Number(revision),
    continuations: continuationsOf(meetingId, fields.recordId, filed),
  };
}

function continuationsOf(meetingId: string, recordId: number, filed: readonly Filed[]): CrmContinuation[] {
  const line = new RegExp(`^Part (\\d+), continued from appointment ${recordId}\\.$`, 'm');
  return filed
    .flatMap(({ row, keys }) => {
      const key = keys.find(({ subkey, subvalue }) => partOf(subkey) && subvalue === meetingId);
      const left = keys.length === 0 ? line.exec(String(row.internal_notes))?.[1] : undefined;
      const part = key ? partOf(key.subkey) : left;
      return part === undefined ? [] : [{ ...fieldsOf(row), part: Number(part) }];
    })
    .sort((one, two) => one.part - two.part);
}

function partOf(subkey: Row[string] | undefined): string | undefined {
  return /^part (\d+)$/.exec(String(subkey))?.[1];
}

function newest(keys: readonly Row[], name: string): string {
  return String(keys.findLast(({ subkey }) => subkey === name)?.subvalue ?? '');
}

function fieldsOf(row: Row): CrmAppointment {
  return {
    recordId: Number(row.appointment_id),
    title: String(row.title),
    startLocal: String(row.do_by),
    endLocal: String(row.endDate),
    internalNotes: String(row.internal_notes),
    location: String(row.location),
    ownerId: Number(row.associate_id),
    contactId: Number(row.person_id),
    companyId: Number(row.contact_id),
    isCompleted: row.status === COMPLETED,
    revisions: Number(row.updatedCount),
  };
}
