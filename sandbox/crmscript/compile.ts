import { isFunction, type FunctionDefinition, type Statement } from './ast.js';
import { compileStatement, type Execute, inOrder } from './compile-statement.js';
import { CompileError } from './errors.js';
import { parse } from './parser.js';
import type { Run } from './run.js';
import { type Frame, Scope, type ScriptFunction } from './scope.js';
import { scriptText } from './script-text.js';
import { isKnownType } from './signatures.js';
import type { Value } from './values.js';

/** A script that can be run, any number of times. */
export interface Program {
  languageLevel: number;
  /** Runs it. What the script does not catch is thrown. */
  execute(run: Run): void;
}

/**
 * Compiles a script as it is saved, tags and all: every name declared before it is used, every type fitting, every call
 * documented.
 *
 * @throws CompileError at the first place that is wrong
 */
export function compile(text: string): Program {
  const { code, before, after } = scriptText(text);
  const script = parse(code);
  const globals = Scope.global();
  const statements = script.parts.flatMap((part) => {
    if (isFunction(part)) {
      compileFunction(part, globals);
      return [];
    }
    return [compileStatement(part, globals)];
  });
  const body = inOrder(statements);
  return {
    languageLevel: script.languageLevel,
    execute(run) {
      run.printed = before;
      body({ locals: [], globals: new Array<Value>(globals.slots) }, run);
      run.printed += after;
    },
  };
}

function compileFunction(definition: FunctionDefinition, globals: Scope): void {
  const { returns, name, parameters, at, body } = definition;
  if (returns !== 'Void' && !isKnownType(returns)) throw new CompileError(`There is no type ${returns}`, at);
  if (returns !== 'Void' && !alwaysReturns(body))
    throw new CompileError(`${name} may end without a value`, at);
  const declared: ScriptFunction = {
    key: name,
    name,
    returns,
    parameters: parameters.map(({ type }) => type),
  };
  globals.declareFunction(declared, at);
  const scope = globals.forFunction(returns);
  const slots = parameters.map((parameter) => scope.declare(parameter.type, parameter.name, at).slot);
  const execute: Execute = compileStatement(body, scope);
  declared.call = (frame: Frame, run: Run, args: Value[]) => {
    const locals = new Array<Value>(scope.slots);
    slots.forEach((slot, index) => (locals[slot] = args[index]));
    const ending = execute({ locals, globals: frame.globals }, run);
    return typeof ending === 'object' ? ending.value : undefined;
  };
}

/** Whether a function's body ends with a value on every way through it. */
function alwaysReturns(statement: Statement): boolean {
  switch (statement.kind) {
    case 'return':
    case 'throw':
      return true;
    case 'block':
      return statement.statements.some(alwaysReturns);
    case 'if':
      return (
        alwaysReturns(statement.then) &&
        statement.otherwise !== undefined &&
        alwaysReturns(statement.otherwise)
      );
    default:
      return false;
  }
}
