import { columns, findRow, type CrmTables, type Row, type TableName } from '../crm-tables.js';
import { ScriptError, UndocumentedUseError } from '../errors.js';
import type { Builtin, Run } from '../run.js';
import { CrmDateTime, numberOf, textOf } from '../values.js';

type Cell = string | number;
type Read = (tables: CrmTables, row: Row) => Cell;

interface Field {
  read: Read;
  kind: 'number' | 'text' | 'datetime';
  /** How many other tables stand between. */
  joins: number;
}

interface Criterion {
  field: Field;
  holds: (cell: Cell) => boolean;
}

/** CRMScript's `SearchEngine`, as far as selects go (docs: crmscript/searchengine). */
export class SearchEngine {
  #table: TableName | undefined;
  readonly #fields: Field[] = [];
  readonly #paths = new Set<string>();
  readonly #criteria: Criterion[] = [];
  readonly #orders: { field: Field; direction: 1 | -1 }[] = [];
  #limit = Infinity;
  #rows: Cell[][] | undefined;
  #position = 0;

  addField(path: string): void {
    this.#paths.add(path);
    this.#fields.push(this.#field(path));
  }

  addCriterion(path: string, operator: string, value: string, isLower: boolean): void {
    const field = this.#field(path);
    if (isLower && field.kind !== 'text') throw new ScriptError(`FuncLower is for text, not for ${path}.`);
    const compare = comparison(operator, value, field.kind);
    const holds = isLower ? (cell: Cell) => compare(String(cell).toLowerCase()) : compare;
    this.#criteria.push({ field, holds });
  }

  addOrder(path: string, isAscending: boolean): void {
    if (!this.#paths.has(path))
      throw new UndocumentedUseError(`${path} is ordered by, and is no field of the search.`);
    this.#orders.push({ field: this.#field(path), direction: isAscending ? 1 : -1 });
  }

  setLimit(limit: number): void {
    this.#limit = limit;
  }

  select(tables: CrmTables): number {
    if (!this.#table || this.#fields.length === 0) throw new ScriptError('The search has no field.');
    // Those of the table itself first: they cost no search in another one.
    const criteria = [...this.#criteria].sort((one, two) => one.field.joins - two.field.joins);
    const found = tables[this.#table].filter((row) =>
      criteria.every(({ field, holds }) => holds(field.read(tables, row))),
    );
    const sorted = [...found].sort((one, two) => this.#order(tables, one, two));
    this.#rows = sorted.slice(0, this.#limit).map((row) => this.#fields.map(({ read }) => read(tables, row)));
    this.#position = 0;
    return this.#rows.length;
  }

  get isAtEnd(): boolean {
    return this.#position >= this.#selected.length;
  }

  next(): boolean {
    this.#position += 1;
    return !this.isAtEnd;
  }

  getField(index: number): string {
    const cell = this.#selected[this.#position]?.[index];
    if (cell === undefined)
      throw new UndocumentedUseError(`A search has no field ${index} in the row it stands on.`);
    return String(cell);
  }

  get #selected(): Cell[][] {
    if (!this.#rows) throw new UndocumentedUseError('A search is read before it is made.');
    return this.#rows;
  }

  #order(tables: CrmTables, one: Row, two: Row): number {
    for (const { field, direction } of this.#orders) {
      const [a, b] = [field.read(tables, one), field.read(tables, two)];
      if (a !== b) return (a < b ? -1 : 1) * direction;
    }
    return 0;
  }

  /** `email.person_id.retired`: along foreign keys from table to table; what is not there reads as 0 or "". */
  #field(path: string): Field {
    const [first = '', ...steps] = path.split('.');
    if (!Object.hasOwn(columns, first)) throw new ScriptError(`There is no table ${first}.`);
    this.#table ??= first as TableName;
    if (this.#table !== first) throw new ScriptError('All fields of a search begin with the same table.');
    let table: TableName = this.#table;
    const joins: { column: string; table: TableName }[] = [];
    for (const [index, column] of steps.entries()) {
      const kind = columns[table][column];
      if (kind === undefined) throw new ScriptError(`There is no field ${column} of ${table}.`);
      if (index === steps.length - 1) {
        const cellKind = typeof kind === 'object' ? 'number' : kind;
        return { kind: cellKind, joins: joins.length, read: reader(joins, column, cellKind) };
      }
      if (typeof kind !== 'object') throw new ScriptError(`${column} of ${table} leads to no other table.`);
      joins.push({ column, table: kind.of });
      table = kind.of;
    }
    throw new ScriptError(`${path} names no field.`);
  }
}

function reader(joins: { column: string; table: TableName }[], column: string, kind: Field['kind']): Read {
  return (tables, start) => {
    let row: Row | undefined = start;
    for (const join of joins) {
      row = findRow(tables, join.table, row[join.column]);
      if (!row) break;
    }
    return row?.[column] ?? (kind === 'number' ? 0 : '');
  };
}

const operators: Record<string, (cell: Cell, value: Cell) => boolean> = {
  OperatorEquals: (cell, value) => cell === value,
  OperatorNotEquals: (cell, value) => cell !== value,
  OperatorGt: (cell, value) => cell > value,
  OperatorGte: (cell, value) => cell >= value,
  OperatorLt: (cell, value) => cell < value,
  OperatorLte: (cell, value) => cell <= value,
};

/** Text is compared with regard to case: whether a database does without is its own affair. */
function comparison(operator: string, value: string, kind: Field['kind']): (cell: Cell) => boolean {
  const compare = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
  if (!compare) throw new ScriptError(`There is no operator ${operator} here.`);
  if (kind === 'number' && !/^-?\d+$/.test(value)) throw new ScriptError(`"${value}" is no number.`);
  const wanted =
    kind === 'number' ? Number(value) : kind === 'datetime' ? String(CrmDateTime.parse(value)) : value;
  return (cell) => compare(cell, wanted);
}

const engine = (self: unknown) => self as SearchEngine;

function addCriteria(self: unknown, isLower: boolean, args: unknown[]): void {
  const [field, operator, value, rowOperator, priority] = args;
  if (rowOperator !== 'OperatorAnd' || numberOf(priority) !== 0) {
    throw new UndocumentedUseError('How criteria group but by OperatorAnd is left open.');
  }
  engine(self).addCriterion(textOf(field), textOf(operator), textOf(value), isLower);
}

export const searchEngine: Record<string, Builtin> = {
  'SearchEngine.addField(String)': (_run, self, [field]) => engine(self).addField(textOf(field)),
  'SearchEngine.addCriteria(String,String,String,String,Integer)': (_run, self, args) =>
    addCriteria(self, false, args),
  'SearchEngine.addCriteria(String,String,String,String,String,Integer)': (_run, self, args) => {
    const [field, lower, ...rest] = args;
    if (lower !== 'FuncLower') throw new ScriptError(`There is no function ${textOf(lower)} here.`);
    addCriteria(self, true, [field, ...rest]);
  },
  'SearchEngine.addOrder(String,Bool)': (_run, self, [field, ascending]) =>
    engine(self).addOrder(textOf(field), ascending === true),
  'SearchEngine.setLimit(Integer)': (_run, self, [limit]) => engine(self).setLimit(numberOf(limit)),
  'SearchEngine.select()': (run: Run, self) => {
    run.beforeCrmCall('select');
    return engine(self).select(run.tables);
  },
  'SearchEngine.eof()': (_run, self) => engine(self).isAtEnd,
  'SearchEngine.next()': (_run, self) => engine(self).next(),
  'SearchEngine.getField(Integer)': (_run, self, [index]) => engine(self).getField(numberOf(index)),
};
