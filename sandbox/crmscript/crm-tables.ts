/** What a column holds: numbers, text, a `DateTime` as text, or the id of a row of another table. */
type ColumnKind = 'number' | 'text' | 'datetime' | { of: TableName };

export type TableName =
  | 'contact'
  | 'person'
  | 'email'
  | 'associate'
  | 'appointment'
  | 'task'
  | 'foreignapp'
  | 'foreigndevice'
  | 'foreignkey';

/** One row, by column. */
export type Row = Record<string, string | number>;

/** The tables of one customer's SuperOffice. */
export type CrmTables = Record<TableName, Row[]>;

/**
 * The columns that there are here, by their names in the database (docs: en/database/tables). Each table's key is its
 * name with `_id`.
 */
export const columns: Record<TableName, Record<string, ColumnKind>> = {
  contact: { contact_id: 'number', name: 'text', associate_id: { of: 'associate' } },
  person: {
    person_id: 'number',
    contact_id: { of: 'contact' },
    firstname: 'text',
    lastname: 'text',
    retired: 'number',
    associate_id: { of: 'associate' },
  },
  email: {
    email_id: 'number',
    person_id: { of: 'person' },
    contact_id: { of: 'contact' },
    email_address: 'text',
    rank: 'number',
  },
  associate: {
    associate_id: 'number',
    person_id: { of: 'person' },
    type: 'number',
    deleted: 'number',
  },
  appointment: {
    appointment_id: 'number',
    contact_id: { of: 'contact' },
    person_id: { of: 'person' },
    associate_id: { of: 'associate' },
    do_by: 'datetime',
    endDate: 'datetime',
    activeDate: 'datetime',
    task_idx: { of: 'task' },
    status: 'number',
    location: 'text',
    mother_id: { of: 'appointment' },
    document_id: 'number',
    updatedCount: 'number',
  },
  task: { task_id: 'number', name: 'text', record_type: 'number' },
  foreignapp: { foreignapp_id: 'number', name: 'text' },
  foreigndevice: { foreigndevice_id: 'number', foreignapp_id: { of: 'foreignapp' }, name: 'text' },
  foreignkey: {
    foreignkey_id: 'number',
    foreigndevice_id: { of: 'foreigndevice' },
    table_id: 'number',
    record_id: 'number',
    subkey: 'text',
    subvalue: 'text',
  },
};

/** Numbers of tables (docs: en/database/tables, in each title). */
export const tableNumbers: Partial<Record<string, number>> = { appointment: 9 };

export function keyOf(table: TableName): string {
  return `${table}_id`;
}

/** The row of an id; undefined where there is none. */
export function findRow(tables: CrmTables, table: TableName, id: unknown): Row | undefined {
  return tables[table].find((row) => row[keyOf(table)] === id);
}

/** The next id: ids of rows that are gone are not given again. */
export function nextId(tables: CrmTables, table: TableName): number {
  return Math.max(FIRST_IDS[table] ?? 1, ...tables[table].map((row) => Number(row[keyOf(table)]) + 1));
}

/** Appointments begin here. */
const FIRST_IDS: Partial<Record<TableName, number>> = { appointment: 1001 };

/** Tables before the first summary, all empty. */
export function emptyTables(): CrmTables {
  return {
    contact: [],
    person: [],
    email: [],
    associate: [],
    appointment: [],
    task: [],
    foreignapp: [],
    foreigndevice: [],
    foreignkey: [],
  };
}
