import { describe, expect, test } from 'vitest';
import { compile } from '../../../sandbox/crmscript/compile.js';
import { type CrmTables, emptyTables } from '../../../sandbox/crmscript/crm-tables.js';
import {
  CompileError,
  ScriptError,
  ScriptKilledError,
  UndocumentedUseError,
} from '../../../sandbox/crmscript/errors.js';
import { runScript } from '../../../sandbox/crmscript/run-script.js';

function programOf(code: string) {
  return compile(`%EJSCRIPT_START%\n<%\n#setLanguageLevel 4;\n${code}\n%>\n%EJSCRIPT_END%`);
}

/** What a script prints. */
function printedBy(code: string, tables: CrmTables = emptyTables(), body = ''): string {
  return runScript(programOf(code), { body, headers: {} }, tables).body.trim();
}

const show = (expression: string) => printedBy(`Integer value = ${expression};\nprint(value.toString());`);
const tell = (condition: string) => printedBy(`Bool value = ${condition};\nprint(value.toString());`);

describe('expressions', () => {
  test.each([
    ['5 + 2 * 3', '11'],
    ['(5 + 2) * 3', '21'],
    ['10 - 3 - 2', '5'],
    ['7 / 2', '3'],
    ['7 % 4', '3'],
    ['-7', '-7'],
    ['2 - -2', '4'],
    ['100 / 10 / 5', '2'],
  ])('%s is %s', (expression, value) => expect(show(expression)).toBe(value));

  test.each([
    ['1 < 2', 'true'],
    ['2 <= 1', 'false'],
    ['1 + 1 == 2', 'true'],
    ['"a" == "a"', 'true'],
    ['"a" != "A"', 'true'],
    ['1 < 2 && 3 < 4', 'true'],
    ['1 < 2 && 4 < 3', 'false'],
    ['!(1 < 2)', 'false'],
    ['true == false', 'false'],
  ])('%s is %s', (condition, value) => expect(tell(condition)).toBe(value));

  test('a text in either quotes, with escapes', () => {
    expect(printedBy(`print("a 'b'\\n" + 'c "d"\\t\\\\');`)).toBe(`a 'b'\nc "d"\t\\`);
  });

  test('both sides of && are evaluated: no script may rely on the first to guard the second', () => {
    const code = 'Integer[] none;\nif (none.length() > 0 && none[0] == 1) { print("x"); }';
    expect(() => printedBy(code)).toThrow(ScriptError);
  });
});

describe('statements', () => {
  test('functions, loops and conditions', () => {
    const code = `
      Integer sum(Integer[] list) {
        Integer total = 0;
        for (Integer i = 0; i < list.length(); i++) {
          if (list[i] == 13) { continue; }
          if (list[i] > 100) { break; }
          total += list[i];
        }
        return total;
      }
      Integer[] list;
      Integer next = 1;
      while (next < 200) { list.pushBack(next); next = next * 3; }
      list[0] = 13;
      print(sum(list).toString());`;
    expect(printedBy(code)).toBe(String(3 + 9 + 27 + 81));
  });

  test('arrays go to functions as themselves, texts as copies', () => {
    const code = `
      Void change(String text, Integer[] list) { text = "changed"; list.pushBack(2); }
      String text = "kept";
      Integer[] list;
      change(text, list);
      print(text + list.length().toString());`;
    expect(printedBy(code)).toBe('kept1');
  });

  test('each call has variables of its own, and sees the global ones', () => {
    const code = `
      Integer depth = 0;
      Integer countTo(Integer end) {
        Integer own = end;
        depth += 1;
        if (end > 0) { countTo(end - 1); }
        return own;
      }
      print(countTo(5).toString() + depth.toString());`;
    expect(printedBy(code)).toBe('56');
  });

  test('what a script throws, it can catch, with text and place', () => {
    const code = 'try { throw "my own"; } catch { print(error + " / " + errorLocation); }';
    expect(printedBy(code)).toBe('GeneralException: my own / try at line 4');
  });

  test('so can what the runtime throws', () => {
    expect(printedBy('try { Integer i = 1 / 0; } catch { print("caught"); }')).toBe('caught');
  });
});

describe('documented values', () => {
  test.each([
    ['"Hello there!"', '39bf407008986fa79eac9cb0b3c8da3fb46acdd6f71721e38e6c4bbf1d14c222'],
    ['"Hello world!"', '1700f488c1e47cf1a8e8337c0a51d176291a5b4a200fe9bab866765a86edc0a4'],
  ])('encodeSHA256("test", %s), from the documentation', (text, hash) => {
    expect(printedBy(`print(encodeSHA256("test", ${text}));`)).toBe(hash);
  });

  test.each([
    ['"SuperOffice".subString(5, 6)', 'Office'],
    ['"name := test".until(" :=")', 'name'],
    ['"name".until(":=")', 'name'],
    ['"name := value".after(":= ")', 'value'],
    ['"name".after(":=")', ''],
    ['"a/b/c".before("/")', 'a'],
    ['"a/b/c".after("/")', 'b/c'],
    ['"xxaxx".stripLeadingAndTrailing("x")', 'a'],
    ['"axx".stripTrailing("x")', 'a'],
    ['"ÅSA".toLower()', 'åsa'],
  ])('%s is "%s"', (expression, value) => expect(printedBy(`print(${expression});`)).toBe(value));

  test('a path into JSON: names, indices, and null where it leads nowhere', () => {
    const code = `
      XMLNode root = parseJSON2(getCgiContent());
      print(root.getValueFromPath("persons.1.name"));
      print(root.getValueFromPath("persons.2.name").isNull().toString());
      print(root.getNodeFromPath("none").getChildren().length().toString());
      print(root.getNodeFromPath("empty").getChildren().length().toString());`;
    const body = '{"persons": [{"name": "John"}, {"name": "Peter"}], "empty": []}';
    expect(printedBy(code, emptyTables(), body)).toBe('Petertrue00');
  });

  test('a DateTime, moved by minutes', () => {
    const code = 'DateTime at = DateTime("2026-12-31 23:58"); at.addMin(3); print(at.toString());';
    expect(printedBy(code)).toBe('2027-01-01 00:01:00');
  });
});

describe('a search', () => {
  const tables = (): CrmTables => ({
    ...emptyTables(),
    contact: [{ contact_id: 1, name: 'One' }],
    person: [
      { person_id: 10, contact_id: 1, firstname: 'B', retired: 0 },
      { person_id: 11, contact_id: 0, firstname: 'A', retired: 1 },
      { person_id: 12, contact_id: 1, firstname: 'C', retired: 0 },
    ],
  });
  const search = (setUp: string) =>
    printedBy(
      `SearchEngine se;\nse.addField("person.firstname");\nse.addField("person.contact_id.name");\n${setUp}
       for (se.select(); !se.eof(); se.next()) { print(se.getField(0) + se.getField(1) + " "); }`,
      tables(),
    );

  test('follows a foreign key; what is not there is empty', () => expect(search('')).toBe('BOne A COne'));

  test('orders, filters and limits', () => {
    expect(search('se.addOrder("person.firstname", true);')).toBe('A BOne COne');
    expect(search('se.addOrder("person.firstname", false); se.setLimit(2);')).toBe('COne BOne');
    expect(search('se.addCriteria("person.retired", "OperatorEquals", "1", "OperatorAnd", 0);')).toBe('A');
    expect(
      search('se.addCriteria("person.contact_id.name", "OperatorEquals", "One", "OperatorAnd", 0);'),
    ).toBe('BOne COne');
  });

  test.each([
    ['se.addField("person.nothing");', /no field nothing/],
    ['se.addField("nothing.name");', /no table nothing/],
    ['se.addField("contact.name");', /same table/],
    ['se.addCriteria("person.retired", "OperatorEquals", "yes", "OperatorAnd", 0);', /no number/],
    ['se.addCriteria("person.retired", "equals", "1", "OperatorAnd", 0);', /no operator/],
  ])('refuses %s', (setUp, message) => expect(() => search(setUp)).toThrow(message));
});

describe('what the documentation leaves open is no use to a script, which could not even catch it', () => {
  test.each([
    ['a null String as a text', 'String empty = parseJSON2("{}").getValueFromPath("a"); print(empty + "x");'],
    [
      'a null String compared',
      'String empty = parseJSON2("{}").getValueFromPath("a"); Bool b = empty == "";',
    ],
    ['a part from beyond the end', 'print("abc".subString(3, 1));'],
    ['a time with T and Z', 'DateTime at = DateTime("2026-09-01T09:00:00Z");'],
    ['a declared DateTime', 'DateTime at;'],
    ['a header that may be hidden', 'print(getHttpHeader("Authorization"));'],
    [
      'criteria joined by or',
      'SearchEngine se; se.addCriteria("person.retired", "OperatorEquals", "1", "OperatorOr", 0);',
    ],
    [
      'an order by what is no field',
      'SearchEngine se; se.addField("person.person_id"); se.addOrder("person.retired", true);',
    ],
    ['a JSONBuilder that is not finalized', 'JSONBuilder jb; jb.pushObject(""); print(jb.getString());'],
  ])('%s', (_, code) => {
    expect(() => printedBy(`try { ${code} } catch { print("caught"); }`)).toThrow(UndocumentedUseError);
  });
});

test('a script that does not end is killed, and can not catch that', () => {
  expect(() => printedBy('try { while (true) { Integer i = 0; } } catch { print("caught"); }')).toThrow(
    ScriptKilledError,
  );
});

test('a carrier that is only declared is nothing yet', () => {
  expect(() => printedBy('NSAppointmentEntity e;\ne.SetTitle("x");')).toThrow(/is no object yet, at line 5/);
});

test('an error names line and column of the file', () => {
  expect(() => programOf('print("a");\n  prin("b");')).toThrow(
    new CompileError('', { line: 5, column: 3 }).message.trim(),
  );
});

test('status and headers are set as one variable', () => {
  const code =
    'setParserVariable("ej.headers", "Status: 404 Not Found\\nContent-Type: text/plain\\n"); print("no");';
  expect(runScript(programOf(code), { body: '', headers: {} }, emptyTables())).toMatchObject({
    status: 404,
    headers: { 'content-type': 'text/plain' },
  });
});
