import type { BinaryOperator, Expression, TypeName } from './ast.js';
import { builtinOf } from './builtins/index.js';
import { CompileError, ScriptError, type Position } from './errors.js';
import type { Run } from './run.js';
import type { Frame, Scope } from './scope.js';
import { elementOf, functionsNamed, isKnownType, methodsNamed, type Signature } from './signatures.js';
import { numberOf, textOf, type Value } from './values.js';

/** An expression, ready to be evaluated, and the type of its value. */
export interface Compiled {
  type: TypeName;
  evaluate: (frame: Frame, run: Run) => Value;
}

/** @throws CompileError where a name is unknown, or a type does not fit */
export function compileExpression(expression: Expression, scope: Scope): Compiled {
  switch (expression.kind) {
    case 'literal': {
      const { value, type } = expression;
      return { type, evaluate: () => value };
    }
    case 'name': {
      const variable = scope.find(expression.name);
      if (!variable) throw new CompileError(`${expression.name} is not declared before`, expression.at);
      const { type, slot, isGlobal } = variable;
      return {
        type,
        evaluate: isGlobal ? (frame) => frame.globals[slot] : (frame) => frame.locals[slot],
      };
    }
    case 'index':
      return compileIndex(expression, scope);
    case 'unary':
      return compileUnary(expression, scope);
    case 'binary':
      return compileBinary(expression, scope);
    case 'call':
      return compileCall(expression, scope);
    case 'method':
      return compileMethod(expression, scope);
  }
}

/** An expression that has to be of one type. */
export function compileTyped(expression: Expression, type: TypeName, scope: Scope): Compiled['evaluate'] {
  const compiled = compileExpression(expression, scope);
  if (compiled.type !== type) {
    throw new CompileError(`This is ${compiled.type}, and has to be ${type}`, expression.at);
  }
  return compiled.evaluate;
}

function compileIndex({ object, index, at }: Extract<Expression, { kind: 'index' }>, scope: Scope): Compiled {
  const list = compileExpression(object, scope);
  const type = elementOf(list.type);
  if (type === undefined) throw new CompileError(`${list.type} is no array`, at);
  const position = compileTyped(index, 'Integer', scope);
  return {
    type,
    evaluate: (frame, run) => {
      const values = list.evaluate(frame, run) as Value[];
      return values[checkedIndex(values, numberOf(position(frame, run)), at)];
    },
  };
}

/** @throws ScriptError beyond the ends of the array, as SuperOffice does (docs: arrays.mdx) */
export function checkedIndex(values: Value[], index: number, at: Position): number {
  if (index < 0 || index >= values.length) {
    throw new ScriptError(`Index ${index} is out of range at line ${at.line}`);
  }
  return index;
}

function compileUnary({ operator, operand }: Extract<Expression, { kind: 'unary' }>, scope: Scope): Compiled {
  if (operator === '!') {
    const condition = compileTyped(operand, 'Bool', scope);
    return { type: 'Bool', evaluate: (frame, run) => !condition(frame, run) };
  }
  const number = compileTyped(operand, 'Integer', scope);
  return { type: 'Integer', evaluate: (frame, run) => -numberOf(number(frame, run)) };
}

const comparisons: Partial<Record<BinaryOperator, (a: never, b: never) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

const arithmetic: Partial<Record<BinaryOperator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => Math.trunc(a / nonZero(b)),
  '%': (a, b) => a % nonZero(b),
};

function compileBinary(
  { operator, left, right, at }: Extract<Expression, { kind: 'binary' }>,
  scope: Scope,
): Compiled {
  if (operator === '&&') {
    const [one, two] = [compileTyped(left, 'Bool', scope), compileTyped(right, 'Bool', scope)];
    return {
      type: 'Bool',
      // Both sides always: that the second is left out where the first is false is not documented.
      evaluate: (frame, run) => [one(frame, run), two(frame, run)].every(Boolean),
    };
  }
  const [one, { type, evaluate: two }] = [compileExpression(left, scope), compileExpression(right, scope)];
  if (one.type !== type) throw new CompileError(`${one.type} ${operator} ${type} is not possible`, at);
  const read = type === 'Integer' ? numberOf : type === 'String' ? textOf : (value: Value) => value;
  const operands = (frame: Frame, run: Run) =>
    [read(one.evaluate(frame, run)), read(two(frame, run))] as const;

  const compare = comparisons[operator];
  const isComparable =
    type === 'Integer' || ((type === 'String' || type === 'Bool') && /^[!=]=$/.test(operator));
  if (compare && isComparable) {
    return {
      type: 'Bool',
      evaluate: (frame, run) => {
        const [a, b] = operands(frame, run);
        return compare(a as never, b as never);
      },
    };
  }
  if (operator === '+' && type === 'String') {
    return { type, evaluate: (frame, run) => operands(frame, run).join('') };
  }
  const calculate = arithmetic[operator];
  if (calculate && type === 'Integer') {
    return {
      type,
      evaluate: (frame, run) => {
        const [a, b] = operands(frame, run) as [number, number];
        return calculate(a, b);
      },
    };
  }
  throw new CompileError(`${type} ${operator} ${type} is not possible`, at);
}

function nonZero(divisor: number): number {
  if (divisor === 0) throw new ScriptError('Division by zero');
  return divisor;
}

function compileCall(expression: Extract<Expression, { kind: 'call' }>, scope: Scope): Compiled {
  const { name, at } = expression;
  const own = scope.function(name);
  const candidates = own ? [own] : functionsNamed(name);
  if (candidates.length === 0) {
    const isDeclaredLater = isKnownType(name) ? 'has no documented constructor' : 'is no documented function';
    throw new CompileError(`${name} ${isDeclaredLater}, and is not declared before`, at);
  }
  const { signature, evaluate } = compileArguments(expression.arguments, candidates, name, at, scope);
  if (own) {
    return {
      type: own.returns,
      evaluate: (frame, run) => {
        run.step();
        return own.call?.(frame, run, evaluate(frame, run));
      },
    };
  }
  const builtin = builtinOf(signature.key);
  return {
    type: signature.returns,
    evaluate: (frame, run) => builtin(run, undefined, evaluate(frame, run)),
  };
}

function compileMethod(expression: Extract<Expression, { kind: 'method' }>, scope: Scope): Compiled {
  const { name, at } = expression;
  const object = compileExpression(expression.object, scope);
  const candidates = methodsNamed(object.type, name);
  if (candidates.length === 0) throw new CompileError(`${object.type} has no documented method ${name}`, at);
  const { signature, evaluate } = compileArguments(expression.arguments, candidates, name, at, scope);
  const builtin = builtinOf(signature.key);
  return {
    type: signature.returns,
    evaluate: (frame, run) => {
      const self = object.evaluate(frame, run);
      if (self === undefined) {
        throw new ScriptError(`${object.type} was declared, and is no object yet, at line ${at.line}`);
      }
      return builtin(run, self, evaluate(frame, run));
    },
  };
}

function compileArguments(
  expressions: readonly Expression[],
  candidates: readonly Signature[],
  name: string,
  at: Position,
  scope: Scope,
) {
  const compiled = expressions.map((expression) => compileExpression(expression, scope));
  const types = compiled.map(({ type }) => type).join(', ');
  const signature = candidates.find(({ parameters }) => parameters.join(', ') === types);
  if (!signature) {
    const possible = candidates.map(({ parameters }) => `${name}(${parameters.join(', ')})`).join(' or ');
    throw new CompileError(`${name}(${types}) is not documented; there is ${possible}`, at);
  }
  return {
    signature,
    evaluate: (frame: Frame, run: Run) => compiled.map((one) => one.evaluate(frame, run)),
  };
}
