import { describe, expect, test } from 'vitest';
import {
  documentedArrayCalls,
  documentedFunctions,
  documentedTypes,
} from '../../sandbox/crmscript/documented-calls.js';
import { builtinKeys } from '../../sandbox/crmscript/builtins/index.js';
import { documentedKeys } from '../../sandbox/crmscript/signatures.js';
import { SHIPPED_SCRIPT } from '../../sandbox/installed-script.js';
import { checkScript } from '../../superoffice/check-script.js';

test('the shipped script is without fault', () => {
  expect(checkScript(SHIPPED_SCRIPT)).toEqual([]);
});

interface Variant {
  name: string;
  /** What stands in the script, and what takes its place. */
  change: [found: string | RegExp, replacement: string];
  says: RegExp;
}

const SEND = 'Void send(String status, String json) {';
const inSend = (code: string): Variant['change'] => [SEND, `${SEND}\n  ${code}`];

const variants: Variant[] = [
  { name: 'without its first tag', change: ['%EJSCRIPT_START%', ''], says: /%EJSCRIPT_START% is missing/ },
  { name: 'without its last tag', change: ['%EJSCRIPT_END%', ''], says: /%EJSCRIPT_END% is missing/ },
  { name: 'without <%', change: ['<%', ''], says: /<% is missing/ },
  { name: 'with text before its tags', change: [/^/, 'x\n'], says: /text outside of the tags/ },
  {
    name: 'without a language level',
    change: ['#setLanguageLevel 4;', ''],
    says: /has to begin with #setLang/,
  },
  {
    name: 'of an older language level',
    change: ['setLanguageLevel 4', 'setLanguageLevel 3'],
    says: /#setLanguageLevel 4/,
  },
  { name: 'with a brace too few', change: ['  print(json);\n}', '  print(json);\n'], says: /Expecting/ },
  { name: 'with a bracket too many', change: ['print(json);', 'print(json));'], says: /Expecting/ },
  { name: 'without a semicolon', change: ['print(json);', 'print(json)'], says: /Expecting/ },
  {
    name: 'with a quote that does not end',
    change: ['String VERSION = "', 'String VERSION = '],
    says: /not understood|Expecting/,
  },
  { name: 'with an escape that is not documented', change: inSend('print("\\u00e5");'), says: /escape \\u/ },
  { name: 'with a letter beyond ASCII', change: inSend('// Åsa'), says: /beyond ASCII/ },
  {
    name: 'that names what is not declared',
    change: ['print(json);', 'print(text);'],
    says: /text is not declared/,
  },
  {
    name: 'that calls a function before it is declared',
    change: inSend('receive();'),
    says: /receive .*not declared before/,
  },
  {
    name: 'that declares a name twice',
    change: inSend('String json = "";\n  String json = "";'),
    says: /declared twice/,
  },
  {
    name: 'that names a variable with a reserved word',
    change: inSend('String Email = "";'),
    says: /Email is a reserved word/,
  },
  {
    name: 'that names a function as a built-in one',
    change: ['Void send(', 'Void print('],
    says: /print is the name of something built in/,
  },
  {
    name: 'that calls what is not documented',
    change: ['print(json);', 'printJson(json);'],
    says: /printJson is no documented function/,
  },
  {
    name: 'that calls a method that is not documented',
    change: inSend('json.trim();'),
    says: /String has no documented method trim/,
  },
  {
    name: 'that gives an argument of another type',
    change: ['print(json);', 'print(1);'],
    says: /print\(Integer\) is not documented/,
  },
  {
    name: 'that gives an argument too few',
    change: ['send(status, answer.getString());', 'send(status);'],
    says: /send\(String\) is not/,
  },
  {
    name: 'that assigns another type',
    change: inSend('status = 200;'),
    says: /This is Integer, and has to be String/,
  },
  {
    name: 'that adds a number to a text',
    change: inSend('status = status + 1;'),
    says: /String \+ Integer is not possible/,
  },
  {
    name: 'that joins conditions with ||',
    change: ['if (deliveryId != "") {', 'if (deliveryId != "" || true) {'],
    says: /not understood/,
  },
  {
    name: 'whose function may end without a value',
    change: ['    return "";\n  }\n  return value;', '    return "";\n  }'],
    says: /may end without a value/,
  },
  {
    name: 'that returns outside of a function',
    change: ['try {\n  receive();', 'return;\ntry {\n  receive();'],
    says: /return stands in no function/,
  },
  { name: 'that breaks outside of a loop', change: inSend('break;'), says: /break stands in no loop/ },
  { name: 'that asks whether it was a POST', change: inSend('cgiWasPost();'), says: /is false for JSON/ },
  {
    name: 'that parses with parseJSON',
    change: ['XMLNode request = parseJSON2(body)', 'XMLNode request = parseJSON(body)'],
    says: /use parseJSON2/,
  },
  {
    name: 'that writes a time with T and Z',
    change: inSend('DateTime start = DateTime("2026-09-01T09:00:00Z");'),
    says: /no T or Z/,
  },
  {
    name: 'that takes a declared DateTime for none',
    change: inSend('DateTime start;'),
    says: /the time of now/,
  },
  {
    name: 'that uses a carrier it only declared',
    change: inSend('NSAppointmentEntity entity;'),
    says: /only declared, and is nothing yet/,
  },
  { name: 'that declares a text without value', change: inSend('String empty;'), says: /has no value/ },
  {
    name: 'that puts the summary in the agenda',
    change: ['entity.SetInternalNotes(notes)', 'entity.SetAgenda(notes)'],
    says: /external invitees/,
  },
  {
    name: 'that resolves persons by creating them',
    change: inSend('NSPersonAgent agent;\n  agent.ResolvePersonFromInfo(0, "", "", "");'),
    says: /creates persons/,
  },
  {
    name: 'that writes with a SearchEngine',
    change: inSend('SearchEngine search;\n  search.insert();'),
    says: /past the rules of NetServer/,
  },
  {
    name: 'that searches in the loop over another search',
    change: ['persons.pushBack(search.getField(0).toInteger());', 'SearchEngine inner;\n    inner.select();'],
    says: /in the loop over another one/,
  },
  {
    name: 'that searches in such a loop by way of a function',
    change: ['    candidates.pushBack(id);', '    appointmentExists(id);'],
    says: /in the loop over another one/,
  },
  {
    name: 'that reads a header that is hidden from it',
    change: ['"X-CRMSCRIPT-SIGNATURE"', '"Authorization"'],
    says: /only as X-CRMSCRIPT/,
  },
];

describe('a script is refused', () => {
  test.each(variants)('$name', ({ change: [found, replacement], says }) => {
    const broken = SHIPPED_SCRIPT.replace(found, () => replacement);
    expect(broken).not.toBe(SHIPPED_SCRIPT);
    const problems = checkScript(broken);
    expect(problems.map(({ message }) => message).join('\n')).toMatch(says);
    expect(problems[0]?.line).toBeGreaterThan(0);
  });

  test('by at least fifteen kinds of fault', () => {
    expect(new Set(variants.map(({ says }) => says.source)).size).toBeGreaterThanOrEqual(15);
  });
});

describe('the list of documented calls', () => {
  const pages = [...Object.values(documentedTypes), documentedArrayCalls, ...documentedFunctions];

  test('names for each type the page of the documentation', () => {
    for (const { source } of pages) expect(source).toMatch(/^en\/automation\/crmscript\/.+\.mdx$/);
  });

  test('has no call twice', () => {
    expect(new Set(documentedKeys).size).toBe(documentedKeys.length);
  });

  test('is carried out by the interpreter, call by call, and nothing else is', () => {
    expect([...builtinKeys].sort()).toEqual([...documentedKeys].sort());
  });
});
