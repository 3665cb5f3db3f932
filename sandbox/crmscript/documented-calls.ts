/** One built-in type, as far as it may be used: calls in the notation of the documentation. */
export interface DocumentedType {
  /** Page of the documentation (repository SuperOfficeDocs/docs) that has these signatures. */
  source: string;
  /** Declaring it makes an object. A carrier of NetServer that is only declared is nothing yet. */
  isMadeByDeclaration: boolean;
  calls: string[];
}

const reference = (page: string) => `en/automation/crmscript/reference/CRMScript.${page}.mdx`;

function type(page: string, calls: string[], isMadeByDeclaration = true): DocumentedType {
  return { source: reference(page), isMadeByDeclaration, calls };
}

const carrier = (page: string, calls: string[]) => type(page, calls, false);

/**
 * Every call that the receiver script may make. What is missing here either is not documented, or nobody has looked
 * it up yet: look it up, and write down where it stands.
 */
export const documentedTypes: Record<string, DocumentedType> = {
  Integer: type('Global.Integer', ['String toString()', 'Bool isNull()']),
  Bool: type('Global.Bool', ['String toString()']),
  String: type('Global.String', [
    'Integer getLength()',
    'String toLower()',
    'Bool isNull()',
    'Bool isEmpty()',
    'String subString(Integer pos, Integer len)',
    'String until(String pattern)',
    'String before(String pattern)',
    'String after(String pattern)',
    'String stripTrailing(String characters)',
    'String stripLeadingAndTrailing(String characters)',
    'Integer compare(String value)',
    'Integer toInteger()',
  ]),
  DateTime: type('Global.DateTime', ['String toString()', 'DateTime addMin(Integer num)']),
  XMLNode: type('Native.XMLNode', [
    'String getValueFromPath(String path)',
    'XMLNode getNodeFromPath(String path)',
    'XMLNode[] getChildren()',
    'String getText()',
  ]),
  JSONBuilder: type('Native.JSONBuilder', [
    'Void pushObject(String object)',
    'Void addBoolean(String key, Bool value)',
    'Void addInteger(String key, Integer value)',
    'Void addString(String key, String value)',
    'Void finalize()',
    'String getString()',
  ]),
  SearchEngine: type('Native.SearchEngine', [
    'Void addField(String field)',
    'Void addCriteria(String field, String compOperator, String value, String rowOperator, Integer priority)',
    'Void addCriteria(String field, String function, String compOperator, String value, String rowOperator, Integer priority)',
    'Void addOrder(String field, Bool ascending)',
    'Void setLimit(Integer number)',
    'Integer select()',
    'Bool eof()',
    'Bool next()',
    'String getField(Integer num)',
  ]),
  NSAppointmentAgent: type('NetServer.NSAppointmentAgent', [
    'NSAppointmentEntity CreateDefaultAppointmentEntityByTypeAndAssociate(Integer type, Integer associateId)',
    'NSAppointmentEntity GetAppointmentEntity(Integer appointmentEntityId)',
    'NSAppointmentEntity SaveAppointmentEntity(NSAppointmentEntity appointmentEntity)',
    'Void DeleteAppointmentEntity(Integer appointmentEntity)',
  ]),
  NSAppointmentEntity: carrier('NetServer.NSAppointmentEntity', [
    'Integer GetAppointmentId()',
    'String GetTitle()',
    'DateTime GetStartDate()',
    'DateTime GetEndDate()',
    'String GetInternalNotes()',
    'Void SetInternalNotes(String internalNotes)',
    'Void SetTitle(String title)',
    'Void SetLocation(String location)',
    'Void SetStartDate(DateTime startDate)',
    'Void SetEndDate(DateTime endDate)',
    'Void SetActiveDate(DateTime activeDate)',
    'Void SetContact(NSContact contact)',
    'Void SetPerson(NSPerson person)',
    'Void SetCompleted(Integer completed)',
  ]),
  NSPersonAgent: type('NetServer.NSPersonAgent', ['NSPerson GetPerson(Integer personId)']),
  NSPerson: carrier('NetServer.NSPerson', []),
  NSContactAgent: type('NetServer.NSContactAgent', ['NSContact GetContact(Integer contactId)']),
  NSContact: carrier('NetServer.NSContact', []),
  NSForeignSystemAgent: type('NetServer.NSForeignSystemAgent', [
    'NSForeignAppEntity CreateDefaultForeignAppEntity()',
    'NSForeignAppEntity SaveForeignAppEntity(NSForeignAppEntity foreignAppEntity)',
    'NSForeignDevice AddDeviceByIdentifier(String applicationName, String deviceName, String deviceIdentifier)',
    'NSForeignKey AddForeignKey(NSForeignKey foreignKey, String applicationName, String deviceName, String deviceIdentifier)',
    'Void DeleteForeignKeyOnName(String applicationName, String deviceName, String deviceIdentifier, String keyName, String tableName, Integer recordId)',
  ]),
  NSForeignAppEntity: carrier('NetServer.NSForeignAppEntity', ['Void SetName(String name)']),
  NSForeignDevice: carrier('NetServer.NSForeignDevice', []),
  // A simple carrier, which the documentation's examples declare and fill (NSForeignSystemAgent, AddForeignKey).
  NSForeignKey: type('NetServer.NSForeignKey', [
    'Void SetKey(String key)',
    'Void SetValue(String value)',
    'Void SetTableName(String tableName)',
    'Void SetRecordId(Integer recordId)',
  ]),
};

/** Calls of every array; `T` is what it holds. */
export const documentedArrayCalls: DocumentedType = {
  source: 'en/automation/crmscript/fundamentals/arrays.mdx',
  isMadeByDeclaration: true,
  calls: ['Void pushBack(T elem)', 'Integer length()', 'String buildString(String delimiter)'],
};

/** Global functions and constructors. */
export const documentedFunctions: DocumentedType[] = [
  type('Global.Void', [
    'String getCgiContent()',
    'String getHttpHeader(String headerName)',
    'Void setParserVariable(String name, String value)',
    'Void print(String s)',
    'Void log(String msg)',
    'XMLNode parseJSON2(String jsonDocument)',
    'String encodeSHA256(String key, String value)',
  ]),
  type('Global.DateTime', ['DateTime DateTime(String value)', 'DateTime DateTime(DateTime value)']),
];

/** Words that can name nothing (docs: crmscript/fundamentals/reserved.md). */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    'Bool break catch Category Company continue Customer Date Diary else Email false Float for Generic if Inbox ' +
    'Integer Invoice License Message Priority return String struct this throw Ticket Time true try User Void while'
  ).split(' '),
);
