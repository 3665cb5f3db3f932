import { findRow, keyOf, nextId, type Row, type TableName } from '../crm-tables.js';
import { ScriptError } from '../errors.js';
import type { Builtin, Run } from '../run.js';
import { Carrier, CrmDateTime, numberOf, textOf } from '../values.js';

/** Longest texts (docs: en/database/tables: "max 2047 significant characters" of `text`; location String(254)). */
const MAX_LENGTHS = { internal_notes: 2047, title: 254, location: 254 } as const;

const carrier = (self: unknown) => self as Carrier;

/** The row of an id, as a carrier. @throws ScriptError where there is none */
function get(run: Run, table: TableName, id: unknown): Carrier {
  run.beforeCrmCall(`get ${table}`);
  const row = findRow(run.tables, table, id);
  if (!row) throw new ScriptError(`There is no ${table} ${numberOf(id)}.`);
  return new Carrier({ ...row });
}

function setter(field: string): Builtin {
  return (_run, self, [value]) => {
    carrier(self).fields[field] = value;
  };
}

function dateSetter(field: string): Builtin {
  return (_run, self, [value]) => {
    carrier(self).fields[field] = String(value);
  };
}

function idSetter(field: string): Builtin {
  return (_run, self, [value]) => {
    carrier(self).fields[field] = carrier(value).fields[field];
  };
}

/** Saves as NetServer does: what does not fit is refused. */
function save(run: Run, entity: Carrier): Carrier {
  run.beforeCrmCall('save appointment');
  const row = entity.fields as Row;
  for (const [field, longest] of Object.entries(MAX_LENGTHS)) {
    const text = row[field];
    if (typeof text === 'string' && text.length > longest) {
      throw new ScriptError(`${field} has ${text.length} characters, and ${longest} at most.`);
    }
  }
  if (!findRow(run.tables, 'associate', row.associate_id))
    throw new ScriptError('An appointment needs an owner.');
  const { appointment } = run.tables;
  const present = appointment.find((one) => one.appointment_id === row.appointment_id);
  const person = row.person_id ? findRow(run.tables, 'person', row.person_id) : undefined;
  const isMoved = row.person_id !== present?.person_id || row.contact_id !== present?.contact_id;
  if (isMoved && person && person.contact_id !== row.contact_id) {
    throw new ScriptError("The person of an appointment has to be one of its company's.");
  }
  if (!present && row.appointment_id !== 0)
    throw new ScriptError(`There is no appointment ${numberOf(row.appointment_id)} any more.`);
  if (present) {
    Object.assign(present, row, { updatedCount: Number(present.updatedCount) + 1 });
    return new Carrier({ ...present });
  }
  const created = { ...row, appointment_id: nextId(run.tables, 'appointment'), updatedCount: 0 };
  appointment.push(created);
  return new Carrier({ ...created });
}

/** Appointments, and whom they are with (docs: CRMScript.NetServer.NSAppointmentAgent and others). */
export const appointments: Record<string, Builtin> = {
  'NSAppointmentAgent.CreateDefaultAppointmentEntityByTypeAndAssociate(Integer,Integer)': (
    run,
    _self,
    [type, associateId],
  ) => {
    if (type !== 1) throw new ScriptError(`${numberOf(type)} is not the type of appointments.`);
    get(run, 'associate', associateId);
    const task = run.tables.task.find(({ record_type }) => record_type === type);
    if (!task) throw new ScriptError(`There is no task of the type ${numberOf(type)}.`);
    return new Carrier({
      appointment_id: 0,
      contact_id: 0,
      person_id: 0,
      associate_id: associateId,
      task_idx: task.task_id,
      mother_id: 0,
      document_id: 0,
      status: 1,
      location: '',
      title: '',
      internal_notes: '',
    });
  },
  'NSAppointmentAgent.GetAppointmentEntity(Integer)': (run, _self, [id]) => get(run, 'appointment', id),
  'NSAppointmentAgent.SaveAppointmentEntity(NSAppointmentEntity)': (run, _self, [entity]) =>
    save(run, carrier(entity)),
  'NSAppointmentAgent.DeleteAppointmentEntity(Integer)': (run, _self, [id]) => {
    run.beforeCrmCall('delete appointment');
    const { appointment } = run.tables;
    const index = appointment.findIndex((row) => row[keyOf('appointment')] === id);
    if (index < 0) throw new ScriptError(`There is no appointment ${numberOf(id)}.`);
    appointment.splice(index, 1);
  },
  'NSAppointmentEntity.GetAppointmentId()': (_run, self) => carrier(self).fields.appointment_id,
  'NSAppointmentEntity.GetInternalNotes()': (_run, self) => carrier(self).fields.internal_notes ?? null,
  'NSAppointmentEntity.GetTitle()': (_run, self) => carrier(self).fields.title ?? null,
  'NSAppointmentEntity.GetStartDate()': (_run, self) => CrmDateTime.parse(textOf(carrier(self).fields.do_by)),
  'NSAppointmentEntity.GetEndDate()': (_run, self) => CrmDateTime.parse(textOf(carrier(self).fields.endDate)),
  'NSAppointmentEntity.SetInternalNotes(String)': (_run, self, [notes]) => {
    carrier(self).fields.internal_notes = textOf(notes);
  },
  'NSAppointmentEntity.SetTitle(String)': setter('title'),
  'NSAppointmentEntity.SetLocation(String)': setter('location'),
  'NSAppointmentEntity.SetCompleted(Integer)': setter('status'),
  'NSAppointmentEntity.SetStartDate(DateTime)': dateSetter('do_by'),
  'NSAppointmentEntity.SetEndDate(DateTime)': dateSetter('endDate'),
  'NSAppointmentEntity.SetActiveDate(DateTime)': dateSetter('activeDate'),
  'NSAppointmentEntity.SetContact(NSContact)': idSetter('contact_id'),
  'NSAppointmentEntity.SetPerson(NSPerson)': idSetter('person_id'),
  'NSPersonAgent.GetPerson(Integer)': (run, _self, [id]) => get(run, 'person', id),
  'NSContactAgent.GetContact(Integer)': (run, _self, [id]) => get(run, 'contact', id),
};
