import type { Statement } from './ast.js';
import { checkedIndex, compileExpression, compileTyped } from './compile-expression.js';
import { documentedTypes } from './documented-calls.js';
import { CompileError, ScriptError } from './errors.js';
import { newObject } from './builtins/index.js';
import type { Run } from './run.js';
import type { Frame, Scope } from './scope.js';
import { elementOf } from './signatures.js';
import { initialValue, numberOf, textOf, type Value } from './values.js';

/** How a statement ended: undefined goes on with the next one. */
export type Ending = undefined | 'break' | 'continue' | { value: Value };

/** A statement, ready to be carried out. */
export type Execute = (frame: Frame, run: Run) => Ending;

/** @throws CompileError where a name is unknown, or a type does not fit */
export function compileStatement(statement: Statement, scope: Scope): Execute {
  switch (statement.kind) {
    case 'declaration':
      return compileDeclaration(statement, scope);
    case 'assignment':
      return compileAssignment(statement, scope);
    case 'expression': {
      const { evaluate } = compileExpression(statement.expression, scope);
      return (frame, run) => void evaluate(frame, run);
    }
    case 'block': {
      const inner = scope.block();
      return inOrder(statement.statements.map((one) => compileStatement(one, inner)));
    }
    case 'if': {
      const condition = compileTyped(statement.condition, 'Bool', scope);
      const then = compileStatement(statement.then, scope.block());
      const otherwise = statement.otherwise && compileStatement(statement.otherwise, scope.block());
      return (frame, run) => (condition(frame, run) ? then(frame, run) : otherwise?.(frame, run));
    }
    case 'while':
      return compileLoop(statement, scope.block(true));
    case 'for': {
      const inner = scope.block(true);
      const initial = compileStatement(statement.initial, inner);
      const loop = compileLoop(statement, inner);
      return (frame, run) => initial(frame, run) ?? loop(frame, run);
    }
    case 'return':
      return compileReturn(statement, scope);
    case 'break':
    case 'continue': {
      const { kind, at } = statement;
      if (!scope.isInLoop) throw new CompileError(`${kind} stands in no loop`, at);
      return () => kind;
    }
    case 'throw': {
      const value = compileTyped(statement.value, 'String', scope);
      return (frame, run) => {
        throw new ScriptError(`GeneralException: ${textOf(value(frame, run))}`);
      };
    }
    case 'try':
      return compileTry(statement, scope);
  }
}

export function inOrder(statements: readonly Execute[]): Execute {
  return (frame, run) => {
    for (const execute of statements) {
      const ending = execute(frame, run);
      if (ending !== undefined) return ending;
    }
    return undefined;
  };
}

function compileDeclaration(
  { type, name, value, at }: Extract<Statement, { kind: 'declaration' }>,
  scope: Scope,
): Execute {
  const evaluate = value && compileTyped(value, type, scope);
  const { slot, isGlobal } = scope.declare(type, name, at);
  const isMade = elementOf(type) === undefined && documentedTypes[type]?.isMadeByDeclaration === true;
  const initial = (): Value => {
    if (elementOf(type) !== undefined) return [];
    return isMade ? (newObject(type) ?? initialValue(type)) : initialValue(type);
  };
  return (frame, run) => {
    (isGlobal ? frame.globals : frame.locals)[slot] = evaluate ? evaluate(frame, run) : initial();
    return undefined;
  };
}

function compileAssignment(
  { target, operator, value, at }: Extract<Statement, { kind: 'assignment' }>,
  scope: Scope,
): Execute {
  const { type } = compileExpression(target, scope);
  const combined =
    operator === '='
      ? value
      : ({
          kind: 'binary',
          at,
          operator: operator === '+=' ? '+' : '-',
          left: target,
          right: value,
        } as const);
  const evaluate = compileTyped(combined, type, scope);
  if (target.kind === 'name') {
    const variable = scope.find(target.name);
    if (!variable) throw new CompileError(`${target.name} is not declared before`, at);
    const { slot, isGlobal } = variable;
    return (frame, run) => {
      (isGlobal ? frame.globals : frame.locals)[slot] = evaluate(frame, run);
      return undefined;
    };
  }
  if (target.kind === 'index') {
    const list = compileExpression(target.object, scope).evaluate;
    const index = compileTyped(target.index, 'Integer', scope);
    return (frame, run) => {
      const values = list(frame, run) as Value[];
      values[checkedIndex(values, numberOf(index(frame, run)), at)] = evaluate(frame, run);
      return undefined;
    };
  }
  throw new CompileError('Nothing can be assigned to this', at);
}

function compileLoop(loop: Extract<Statement, { kind: 'while' | 'for' }>, scope: Scope): Execute {
  const condition = compileTyped(loop.condition, 'Bool', scope);
  const step = loop.kind === 'for' ? compileStatement(loop.step, scope) : undefined;
  const body = compileStatement(loop.body, scope);
  return (frame, run) => {
    while (condition(frame, run)) {
      run.step();
      const ending = body(frame, run);
      if (ending === 'break') return undefined;
      if (typeof ending === 'object') return ending;
      step?.(frame, run);
    }
    return undefined;
  };
}

function compileReturn({ value, at }: Extract<Statement, { kind: 'return' }>, scope: Scope): Execute {
  const { returns } = scope;
  if (returns === undefined) throw new CompileError('return stands in no function', at);
  if (value === undefined) {
    if (returns !== 'Void') throw new CompileError(`The function returns ${returns}`, at);
    return () => ({ value: undefined });
  }
  const evaluate = compileTyped(value, returns, scope);
  return (frame, run) => ({ value: evaluate(frame, run) });
}

/** In the handler there are the Strings `error` and `errorLocation` (docs: try-catch.md). */
function compileTry({ body, handler, at }: Extract<Statement, { kind: 'try' }>, scope: Scope): Execute {
  const attempt = compileStatement(body, scope);
  const inner = scope.block();
  const [error, location] = [
    inner.declare('String', 'error', at),
    inner.declare('String', 'errorLocation', at),
  ];
  const handle = compileStatement(handler, inner);
  return (frame, run) => {
    try {
      return attempt(frame, run);
    } catch (thrown) {
      if (!(thrown instanceof ScriptError)) throw thrown;
      const variables = error.isGlobal ? frame.globals : frame.locals;
      variables[error.slot] = thrown.message;
      variables[location.slot] = `try at line ${at.line}`;
      return handle(frame, run);
    }
  };
}
