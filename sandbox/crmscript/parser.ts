import { EmbeddedActionsParser, type IToken, type TokenType } from 'chevrotain';
import type { BinaryOperator, Expression, FunctionDefinition, Script, Statement } from './ast.js';
import { CompileError, type Position } from './errors.js';
import { lexer, tokens, tokenTypes } from './lexer.js';

const START: Position = { line: 1, column: 1 };

/** Binary operators, those that bind weakest first. */
const levels: TokenType[][] = [
  [tokens.and],
  [tokens.equals, tokens.notEquals],
  [tokens.less, tokens.atMost, tokens.greater, tokens.atLeast],
  [tokens.plus, tokens.minus],
  [tokens.times, tokens.divide, tokens.modulo],
];

/** A parser of the part of CRMScript that is understood here. */
class ScriptParser extends EmbeddedActionsParser {
  constructor() {
    super(tokenTypes, { maxLookahead: 2 });
    this.performSelfAnalysis();
  }

  script = this.RULE('script', (): Script => {
    let languageLevel = 1;
    const parts: Script['parts'] = [];
    this.OPTION(() => {
      this.CONSUME(tokens.languageLevel);
      languageLevel = Number(this.CONSUME(tokens.integer).image);
      this.CONSUME(tokens.semicolon);
    });
    this.MANY(() => {
      parts.push(
        this.OR<FunctionDefinition | Statement>([
          { GATE: () => this.#isFunction(), ALT: () => this.SUBRULE(this.functionDefinition) },
          { ALT: () => this.SUBRULE(this.statement) },
        ]),
      );
    });
    return { languageLevel, parts };
  });

  type = this.RULE('type', (): string => {
    let name = this.CONSUME(tokens.identifier).image;
    this.OPTION(() => {
      this.CONSUME(tokens.openSquare);
      this.CONSUME(tokens.closeSquare);
      name += '[]';
    });
    return name;
  });

  functionDefinition = this.RULE('functionDefinition', (): FunctionDefinition => {
    const at = positionOf(this.LA(1));
    const returns = this.SUBRULE(this.type);
    const name = this.CONSUME(tokens.identifier).image;
    const parameters: FunctionDefinition['parameters'] = [];
    this.CONSUME(tokens.openRound);
    this.MANY_SEP({
      SEP: tokens.comma,
      DEF: () => {
        const type = this.SUBRULE2(this.type);
        parameters.push({ type, name: this.CONSUME2(tokens.identifier).image });
      },
    });
    this.CONSUME(tokens.closeRound);
    const body = this.SUBRULE(this.block);
    return { at, returns, name, parameters, body };
  });

  block = this.RULE('block', (): Statement => {
    const at = positionOf(this.CONSUME(tokens.openCurly));
    const statements: Statement[] = [];
    this.MANY(() => {
      statements.push(this.SUBRULE(this.statement));
    });
    this.CONSUME(tokens.closeCurly);
    return { kind: 'block', at, statements };
  });

  statement = this.RULE('statement', (): Statement =>
    this.OR<Statement>([
      { ALT: () => this.SUBRULE(this.block) },
      { ALT: () => this.SUBRULE(this.ifStatement) },
      { ALT: () => this.SUBRULE(this.whileStatement) },
      { ALT: () => this.SUBRULE(this.forStatement) },
      { ALT: () => this.SUBRULE(this.tryStatement) },
      { ALT: () => this.SUBRULE(this.jump) },
      {
        ALT: () => {
          const simple = this.SUBRULE(this.simpleStatement);
          this.CONSUME(tokens.semicolon);
          return simple;
        },
      },
    ]),
  );

  ifStatement = this.RULE('ifStatement', (): Statement => {
    const at = positionOf(this.CONSUME(tokens.if));
    this.CONSUME(tokens.openRound);
    const condition = this.SUBRULE(this.expression);
    this.CONSUME(tokens.closeRound);
    const then = this.SUBRULE(this.statement);
    let otherwise: Statement | undefined;
    this.OPTION(() => {
      this.CONSUME(tokens.else);
      otherwise = this.SUBRULE2(this.statement);
    });
    return { kind: 'if', at, condition, then, ...(otherwise && { otherwise }) };
  });

  whileStatement = this.RULE('whileStatement', (): Statement => {
    const at = positionOf(this.CONSUME(tokens.while));
    this.CONSUME(tokens.openRound);
    const condition = this.SUBRULE(this.expression);
    this.CONSUME(tokens.closeRound);
    return { kind: 'while', at, condition, body: this.SUBRULE(this.statement) };
  });

  forStatement = this.RULE('forStatement', (): Statement => {
    const at = positionOf(this.CONSUME(tokens.for));
    this.CONSUME(tokens.openRound);
    const initial = this.SUBRULE(this.simpleStatement);
    this.CONSUME(tokens.semicolon);
    const condition = this.SUBRULE(this.expression);
    this.CONSUME2(tokens.semicolon);
    const step = this.SUBRULE2(this.simpleStatement);
    this.CONSUME(tokens.closeRound);
    return { kind: 'for', at, initial, condition, step, body: this.SUBRULE(this.statement) };
  });

  tryStatement = this.RULE('tryStatement', (): Statement => {
    const at = positionOf(this.CONSUME(tokens.try));
    const body = this.SUBRULE(this.block);
    this.CONSUME(tokens.catch);
    return { kind: 'try', at, body, handler: this.SUBRULE2(this.block) };
  });

  jump = this.RULE('jump', (): Statement => {
    const at = positionOf(this.LA(1));
    const statement = this.OR<Statement>([
      {
        ALT: () => {
          this.CONSUME(tokens.return);
          let value: Expression | undefined;
          this.OPTION(() => {
            value = this.SUBRULE(this.expression);
          });
          return { kind: 'return', at, ...(value && { value }) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(tokens.throw);
          return { kind: 'throw', at, value: this.SUBRULE2(this.expression) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(tokens.break);
          return { kind: 'break', at };
        },
      },
      {
        ALT: () => {
          this.CONSUME(tokens.continue);
          return { kind: 'continue', at };
        },
      },
    ]);
    this.CONSUME(tokens.semicolon);
    return statement;
  });

  simpleStatement = this.RULE('simpleStatement', (): Statement =>
    this.OR<Statement>([
      { GATE: () => this.#isDeclaration(), ALT: () => this.SUBRULE(this.declaration) },
      { ALT: () => this.SUBRULE(this.assignmentOrExpression) },
    ]),
  );

  declaration = this.RULE('declaration', (): Statement => {
    const at = positionOf(this.LA(1));
    const type = this.SUBRULE(this.type);
    const name = this.CONSUME(tokens.identifier).image;
    let value: Expression | undefined;
    this.OPTION(() => {
      this.CONSUME(tokens.assign);
      value = this.SUBRULE(this.expression);
    });
    return { kind: 'declaration', at, type, name, ...(value && { value }) };
  });

  assignmentOrExpression = this.RULE('assignmentOrExpression', (): Statement => {
    const at = positionOf(this.LA(1));
    const expression = this.SUBRULE(this.expression);
    let statement: Statement = { kind: 'expression', at, expression };
    const one: Expression = { kind: 'literal', at, type: 'Integer', value: 1 };
    const assign = (operator: '=' | '+=' | '-=', value: Expression) => {
      statement = { kind: 'assignment', at, target: expression, operator, value };
    };
    this.OPTION(() => {
      this.OR([
        {
          ALT: () => {
            this.CONSUME(tokens.assign);
            assign('=', this.SUBRULE2(this.expression));
          },
        },
        {
          ALT: () => {
            this.CONSUME(tokens.plusAssign);
            assign('+=', this.SUBRULE3(this.expression));
          },
        },
        {
          ALT: () => {
            this.CONSUME(tokens.minusAssign);
            assign('-=', this.SUBRULE4(this.expression));
          },
        },
        {
          ALT: () => {
            this.CONSUME(tokens.increment);
            assign('+=', one);
          },
        },
        {
          ALT: () => {
            this.CONSUME(tokens.decrement);
            assign('-=', one);
          },
        },
      ]);
    });
    return statement;
  });

  expression = this.RULE('expression', (): Expression => {
    const operands: Expression[] = [this.SUBRULE(this.unary)];
    const operators: IToken[] = [];
    this.MANY(() => {
      operators.push(this.OR(levels.flat().map((type) => ({ ALT: () => this.CONSUME(type) }))));
      operands.push(this.SUBRULE2(this.unary));
    });
    return this.ACTION(() => grouped(operands, operators));
  });

  unary = this.RULE('unary', (): Expression =>
    this.OR<Expression>([
      {
        ALT: () => {
          const token = this.OR2([
            { ALT: () => this.CONSUME(tokens.not) },
            { ALT: () => this.CONSUME(tokens.minus) },
          ]);
          const operand = this.SUBRULE(this.unary);
          return { kind: 'unary', at: positionOf(token), operator: token.image as '!' | '-', operand };
        },
      },
      { ALT: () => this.SUBRULE(this.postfix) },
    ]),
  );

  postfix = this.RULE('postfix', (): Expression => {
    let object = this.SUBRULE(this.primary);
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            this.CONSUME(tokens.dot);
            const name = this.CONSUME(tokens.identifier);
            const list = this.SUBRULE(this.arguments);
            object = { kind: 'method', at: positionOf(name), object, name: name.image, arguments: list };
          },
        },
        {
          ALT: () => {
            const bracket = this.CONSUME(tokens.openSquare);
            const index = this.SUBRULE(this.expression);
            this.CONSUME(tokens.closeSquare);
            object = { kind: 'index', at: positionOf(bracket), object, index };
          },
        },
      ]);
    });
    return object;
  });

  arguments = this.RULE('arguments', (): Expression[] => {
    const list: Expression[] = [];
    this.CONSUME(tokens.openRound);
    this.MANY_SEP({ SEP: tokens.comma, DEF: () => void list.push(this.SUBRULE(this.expression)) });
    this.CONSUME(tokens.closeRound);
    return list;
  });

  primary = this.RULE('primary', (): Expression => {
    const at = positionOf(this.LA(1));
    return this.OR<Expression>([
      {
        ALT: () => {
          const { image } = this.CONSUME(tokens.string);
          return { kind: 'literal', at, type: 'String', value: this.ACTION(() => unquoted(image, at)) };
        },
      },
      {
        ALT: () => {
          const value = Number(this.CONSUME(tokens.integer).image);
          return { kind: 'literal', at, type: 'Integer', value };
        },
      },
      {
        ALT: () => {
          this.CONSUME(tokens.true);
          return { kind: 'literal', at, type: 'Bool', value: true };
        },
      },
      {
        ALT: () => {
          this.CONSUME(tokens.false);
          return { kind: 'literal', at, type: 'Bool', value: false };
        },
      },
      {
        ALT: () => {
          this.CONSUME(tokens.openRound);
          const inner = this.SUBRULE(this.expression);
          this.CONSUME(tokens.closeRound);
          return inner;
        },
      },
      {
        ALT: () => {
          const name = this.CONSUME(tokens.identifier).image;
          let list: Expression[] | undefined;
          this.OPTION(() => {
            list = this.SUBRULE(this.arguments);
          });
          return list ? { kind: 'call', at, name, arguments: list } : { kind: 'name', at, name };
        },
      },
    ]);
  });

  /** How many tokens a type takes here: `Type`, `Type[]`, or none. */
  #typeLength(): number {
    if (this.LA(1).tokenType !== tokens.identifier) return 0;
    const isArray = this.LA(2).tokenType === tokens.openSquare && this.LA(3).tokenType === tokens.closeSquare;
    return isArray ? 3 : 1;
  }

  #isDeclaration(): boolean {
    const length = this.#typeLength();
    return length > 0 && this.LA(length + 1).tokenType === tokens.identifier;
  }

  #isFunction(): boolean {
    return this.#isDeclaration() && this.LA(this.#typeLength() + 2).tokenType === tokens.openRound;
  }
}

const parser = new ScriptParser();

/**
 * The syntax tree of a script's code.
 *
 * @throws CompileError where it is none of what is understood here
 */
export function parse(code: string): Script {
  const { tokens: input, errors } = lexer.tokenize(code);
  const [broken] = errors;
  if (broken) {
    throw new CompileError('This character is not understood', {
      line: broken.line ?? 1,
      column: broken.column ?? 1,
    });
  }
  parser.input = input;
  const script = parser.script();
  const [error] = parser.errors;
  if (error) {
    // At the end of the text, the token has no position of its own.
    const token = Number.isNaN(error.token.startLine ?? NaN) ? input.at(-1) : error.token;
    throw new CompileError(error.message, token ? positionOf(token) : START);
  }
  return script;
}

function positionOf(token: IToken): Position {
  return { line: token.startLine ?? 1, column: token.startColumn ?? 1 };
}

/** Operands and operators in a row, as a tree: what binds closer is below, and the left before the right. */
function grouped(operands: Expression[], operators: IToken[]): Expression {
  for (const level of levels) {
    for (let index = operators.length - 1; index >= 0; index -= 1) {
      const operator = operators[index];
      if (!operator || !level.includes(operator.tokenType)) continue;
      return {
        kind: 'binary',
        at: positionOf(operator),
        operator: operator.image as BinaryOperator,
        left: grouped(operands.slice(0, index + 1), operators.slice(0, index)),
        right: grouped(operands.slice(index + 1), operators.slice(index + 1)),
      };
    }
  }
  const [only] = operands;
  if (!only) throw new Error('An expression without operands.');
  return only;
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', "'": "'", '\\': '\\' };

function unquoted(image: string, at: Position): string {
  return image.slice(1, -1).replace(/\\(.)/g, (_, character: string) => {
    const meant = escapes[character];
    if (meant === undefined) throw new CompileError(`The escape \\${character} is not documented`, at);
    return meant;
  });
}
