import { type Crm } from '../../../sandbox/crm.js';
import { createScriptTables, type ScriptTables, tablesOf } from '../../../sandbox/crm-rows.js';
import { type ScriptConstants, installedScript, SHIPPED_VERSION } from '../../../sandbox/installed-script.js';
import { runScript } from '../../../sandbox/crmscript/run-script.js';
import { recordsIn } from '../../../sandbox/records.js';
import { sampleCrm } from '../../../sandbox/sample-crm.js';
import { samplePayload } from '../../sandbox/support/payload.js';

export interface Received {
  status: number;
  /** The answer, parsed. */
  answer: Record<string, unknown>;
  /** What was written to the debug log. */
  logged: string[];
}

/** The shipped script over a CRM of its own, without HTTP between. */
export interface Receiver {
  crm: Crm;
  tables: ScriptTables;
  constants: ScriptConstants;
  records: () => ReturnType<typeof recordsIn>;
  /** Runs the script on the sample payload with changes. */
  receive: (changes?: Record<string, unknown>, beforeCrmCall?: (call: string) => void) => Received;
  /** Runs it on a body and headers of one's own. */
  post: (body: string, headers?: Record<string, string>, beforeCrmCall?: (call: string) => void) => Received;
  /** Adds an appointment that somebody made in SuperOffice. */
  addAppointment: (fields?: Record<string, string | number>) => void;
}

/** An installed script, with the sample CRM. */
export function createReceiver(): Receiver {
  const receiver: Receiver = {
    crm: sampleCrm(),
    tables: createScriptTables(),
    constants: { scriptVersion: SHIPPED_VERSION, signingSecret: '', fallbackOwnerId: 0 },
    records: () => recordsIn(receiver.tables),
    receive: (changes, beforeCrmCall) =>
      receiver.post(JSON.stringify(samplePayload(changes)), {}, beforeCrmCall),
    post: (body, headers = {}, beforeCrmCall) => {
      const tables = tablesOf(receiver.crm, receiver.tables);
      const program = installedScript(receiver.constants);
      const { status, body: text, logged } = runScript(program, { body, headers }, tables, beforeCrmCall);
      return { status, answer: JSON.parse(text) as Record<string, unknown>, logged };
    },
    addAppointment: (fields = {}) =>
      void receiver.tables.appointment.push({
        appointment_id: 500,
        contact_id: 2,
        person_id: 104,
        associate_id: 2,
        task_idx: 4,
        mother_id: 0,
        document_id: 0,
        status: 1,
        do_by: '2026-09-01 09:00:00',
        endDate: '2026-09-01 10:00:00',
        activeDate: '2026-09-01 09:00:00',
        title: 'In the calendar',
        location: 'Stora salen',
        internal_notes: '',
        updatedCount: 0,
        ...fields,
      }),
  };
  return receiver;
}
