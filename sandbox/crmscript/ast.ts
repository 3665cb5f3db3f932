import type { Position } from './errors.js';

/** `String`, `Integer[]`. */
export type TypeName = string;

export type Expression = { at: Position } & (
  | { kind: 'literal'; type: 'String' | 'Integer' | 'Bool'; value: string | number | boolean }
  | { kind: 'name'; name: string }
  | { kind: 'call'; name: string; arguments: Expression[] }
  | { kind: 'method'; object: Expression; name: string; arguments: Expression[] }
  | { kind: 'index'; object: Expression; index: Expression }
  | { kind: 'unary'; operator: '!' | '-'; operand: Expression }
  | { kind: 'binary'; operator: BinaryOperator; left: Expression; right: Expression }
);

export type BinaryOperator = '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';

export type Statement = { at: Position } & (
  | { kind: 'declaration'; type: TypeName; name: string; value?: Expression }
  | { kind: 'assignment'; target: Expression; operator: '=' | '+=' | '-='; value: Expression }
  | { kind: 'expression'; expression: Expression }
  | { kind: 'if'; condition: Expression; then: Statement; otherwise?: Statement }
  | { kind: 'while'; condition: Expression; body: Statement }
  | { kind: 'for'; initial: Statement; condition: Expression; step: Statement; body: Statement }
  | { kind: 'block'; statements: Statement[] }
  | { kind: 'return'; value?: Expression }
  | { kind: 'break' }
  | { kind: 'continue' }
  | { kind: 'throw'; value: Expression }
  | { kind: 'try'; body: Statement; handler: Statement }
);

export interface Parameter {
  type: TypeName;
  name: string;
}

export interface FunctionDefinition {
  at: Position;
  returns: TypeName;
  name: string;
  parameters: Parameter[];
  body: Statement;
}

/** A script: functions and statements in their order. */
export interface Script {
  languageLevel: number;
  parts: (FunctionDefinition | Statement)[];
}

export function isFunction(part: FunctionDefinition | Statement): part is FunctionDefinition {
  return 'parameters' in part;
}
