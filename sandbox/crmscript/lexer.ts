import { createToken, Lexer, type TokenType } from 'chevrotain';

const whitespace = createToken({ name: 'Whitespace', pattern: /\s+/, group: Lexer.SKIPPED });
const comment = createToken({
  name: 'Comment',
  pattern: /\/\/[^\n]*|\/\*[\s\S]*?\*\//,
  group: Lexer.SKIPPED,
});

const identifier = createToken({ name: 'Identifier', pattern: /[A-Za-z_]\w*/ });
const integer = createToken({ name: 'Integer', pattern: /\d+/ });
const string = createToken({ name: 'String', pattern: /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/ });

function keyword(word: string): TokenType {
  return createToken({ name: word, pattern: new RegExp(word), longer_alt: identifier });
}

function sign(name: string, text: string): TokenType {
  return createToken({ name, pattern: text });
}

/** The tokens of the part of CRMScript that is understood here (docs: crmscript/fundamentals). */
export const tokens = {
  whitespace,
  comment,
  languageLevel: createToken({ name: 'LanguageLevel', pattern: /#setLanguageLevel/ }),
  string,
  integer,
  if: keyword('if'),
  else: keyword('else'),
  while: keyword('while'),
  for: keyword('for'),
  return: keyword('return'),
  break: keyword('break'),
  continue: keyword('continue'),
  throw: keyword('throw'),
  try: keyword('try'),
  catch: keyword('catch'),
  true: keyword('true'),
  false: keyword('false'),
  identifier,
  and: sign('And', '&&'),
  equals: sign('Equals', '=='),
  notEquals: sign('NotEquals', '!='),
  atMost: sign('AtMost', '<='),
  atLeast: sign('AtLeast', '>='),
  plusAssign: sign('PlusAssign', '+='),
  minusAssign: sign('MinusAssign', '-='),
  increment: sign('Increment', '++'),
  decrement: sign('Decrement', '--'),
  less: sign('Less', '<'),
  greater: sign('Greater', '>'),
  assign: sign('Assign', '='),
  plus: sign('Plus', '+'),
  minus: sign('Minus', '-'),
  times: sign('Times', '*'),
  divide: sign('Divide', '/'),
  modulo: sign('Modulo', '%'),
  not: sign('Not', '!'),
  dot: sign('Dot', '.'),
  comma: sign('Comma', ','),
  semicolon: sign('Semicolon', ';'),
  openRound: sign('OpenRound', '('),
  closeRound: sign('CloseRound', ')'),
  openSquare: sign('OpenSquare', '['),
  closeSquare: sign('CloseSquare', ']'),
  openCurly: sign('OpenCurly', '{'),
  closeCurly: sign('CloseCurly', '}'),
};

export const tokenTypes: TokenType[] = Object.values(tokens);

/** Splits code into tokens. */
export const lexer = new Lexer(tokenTypes);
