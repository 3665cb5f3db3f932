import { nextId, type Row, tableNumbers } from '../crm-tables.js';
import { ScriptError } from '../errors.js';
import type { Builtin, Run } from '../run.js';
import { Carrier, numberOf, textOf } from '../values.js';

/** Longest texts (docs: en/database/tables: foreigndevice.name String(31), foreignkey.subkey and subvalue String(239)). */
const MAX_DEVICE_LENGTH = 31;
const MAX_KEY_LENGTH = 239;

const carrier = (self: unknown) => self as Carrier;

function setter(field: string): Builtin {
  return (_run, self, [value]) => {
    carrier(self).fields[field] = value;
  };
}

function findApp(run: Run, name: unknown): Row | undefined {
  return run.tables.foreignapp.find((row) => row.name === name);
}

/** @throws ScriptError where application or device is not there */
function deviceOf(run: Run, app: unknown, device: unknown): Row {
  const found = run.tables.foreigndevice.find(
    (row) => row.name === device && row.foreignapp_id === findApp(run, app)?.foreignapp_id,
  );
  if (!found) throw new ScriptError(`There is no device ${textOf(device)} of ${textOf(app)}.`);
  return found;
}

function tableNumber(name: unknown): number {
  const number = tableNumbers[textOf(name)];
  if (number === undefined) throw new ScriptError(`There is no table ${textOf(name)} to have keys.`);
  return number;
}

/** Keys of foreign systems on records of SuperOffice (docs: CRMScript.NetServer.NSForeignSystemAgent). */
export const foreignKeys: Record<string, Builtin> = {
  'NSForeignSystemAgent.CreateDefaultForeignAppEntity()': () => new Carrier({ name: '' }),
  'NSForeignAppEntity.SetName(String)': setter('name'),
  'NSForeignSystemAgent.SaveForeignAppEntity(NSForeignAppEntity)': (run, _self, [app]) => {
    run.beforeCrmCall('save foreign app');
    const row = { foreignapp_id: nextId(run.tables, 'foreignapp'), name: textOf(carrier(app).fields.name) };
    run.tables.foreignapp.push(row);
    return new Carrier({ ...row });
  },
  'NSForeignSystemAgent.AddDeviceByIdentifier(String,String,String)': (run, _self, [app, name]) => {
    run.beforeCrmCall('add device');
    const owner = findApp(run, app);
    if (!owner) throw new ScriptError(`There is no foreign application ${textOf(app)}.`);
    if (textOf(name).length > MAX_DEVICE_LENGTH) throw new ScriptError('The name of the device is too long.');
    const row = {
      foreigndevice_id: nextId(run.tables, 'foreigndevice'),
      foreignapp_id: Number(owner.foreignapp_id),
      name: textOf(name),
    };
    run.tables.foreigndevice.push(row);
    return new Carrier({ ...row });
  },
  'NSForeignKey.SetKey(String)': setter('subkey'),
  'NSForeignKey.SetValue(String)': setter('subvalue'),
  'NSForeignKey.SetTableName(String)': setter('table'),
  'NSForeignKey.SetRecordId(Integer)': setter('record_id'),
  'NSForeignSystemAgent.AddForeignKey(NSForeignKey,String,String,String)': (
    run,
    _self,
    [key, app, device],
  ) => {
    run.beforeCrmCall('add key');
    const { subkey, subvalue, table, record_id } = carrier(key).fields;
    if (textOf(subkey).length > MAX_KEY_LENGTH || textOf(subvalue).length > MAX_KEY_LENGTH) {
      throw new ScriptError(`A key has ${MAX_KEY_LENGTH} characters at most.`);
    }
    run.tables.foreignkey.push({
      foreignkey_id: nextId(run.tables, 'foreignkey'),
      foreigndevice_id: Number(deviceOf(run, app, device).foreigndevice_id),
      table_id: tableNumber(table),
      record_id: numberOf(record_id),
      subkey: textOf(subkey),
      subvalue: textOf(subvalue),
    });
    return key;
  },
  'NSForeignSystemAgent.DeleteForeignKeyOnName(String,String,String,String,String,Integer)': (
    run,
    _self,
    [app, device, _identifier, name, table, recordId],
  ) => {
    run.beforeCrmCall('delete key');
    const { foreigndevice_id } = deviceOf(run, app, device);
    const isMeant = (row: Row) =>
      row.foreigndevice_id === foreigndevice_id &&
      row.table_id === tableNumber(table) &&
      row.record_id === recordId &&
      row.subkey === name;
    const kept = run.tables.foreignkey.filter((row) => !isMeant(row));
    run.tables.foreignkey.splice(0, Infinity, ...kept);
  },
};
