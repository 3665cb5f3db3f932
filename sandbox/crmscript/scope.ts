import type { TypeName } from './ast.js';
import { reservedWords } from './documented-calls.js';
import { CompileError, type Position } from './errors.js';
import type { Run } from './run.js';
import { functionsNamed, isKnownType, type Signature } from './signatures.js';
import type { Value } from './values.js';

/** Where a variable is kept at run time. */
export interface Variable {
  type: TypeName;
  isGlobal: boolean;
  slot: number;
}

/** A function of the script itself. */
export interface ScriptFunction extends Signature {
  /** Set once its body is compiled, which may call it. */
  call?: (frame: Frame, run: Run, args: Value[]) => Value;
}

/** The variables of one call, and those of the script. */
export interface Frame {
  locals: Value[];
  globals: Value[];
}

/** What can be named at a place in a script. Everything is declared before it is used. */
export class Scope {
  readonly #variables = new Map<string, Variable>();
  readonly #functions: Map<string, ScriptFunction>;
  readonly #counter: { slots: number };

  private constructor(
    readonly returns: TypeName | undefined,
    readonly parent: Scope | undefined,
    shared: { functions: Map<string, ScriptFunction>; counter: { slots: number } },
    readonly isInLoop: boolean,
  ) {
    this.#functions = shared.functions;
    this.#counter = shared.counter;
  }

  static global(): Scope {
    return new Scope(undefined, undefined, { functions: new Map(), counter: { slots: 0 } }, false);
  }

  /** The body of a function: slots of its own, and everything global. */
  forFunction(returns: TypeName): Scope {
    return new Scope(returns, this, { functions: this.#functions, counter: { slots: 0 } }, false);
  }

  block(isLoop = false): Scope {
    const shared = { functions: this.#functions, counter: this.#counter };
    return new Scope(this.returns, this, shared, isLoop || this.isInLoop);
  }

  /** How many slots a frame needs. */
  get slots(): number {
    return this.#counter.slots;
  }

  declare(type: TypeName, name: string, at: Position): Variable {
    if (!isKnownType(type)) throw new CompileError(`There is no type ${type}`, at);
    this.#refuseName(name, at);
    if (this.#variables.has(name)) throw new CompileError(`${name} is declared twice`, at);
    const isGlobal = this.returns === undefined;
    const variable = { type, isGlobal, slot: this.#counter.slots };
    this.#counter.slots += 1;
    this.#variables.set(name, variable);
    return variable;
  }

  find(name: string): Variable | undefined {
    return this.#variables.get(name) ?? this.parent?.find(name);
  }

  declareFunction(declared: ScriptFunction, at: Position): void {
    this.#refuseName(declared.name, at);
    if (this.#functions.has(declared.name)) throw new CompileError(`${declared.name} is declared twice`, at);
    this.#functions.set(declared.name, declared);
  }

  function(name: string): ScriptFunction | undefined {
    return this.#functions.get(name);
  }

  #refuseName(name: string, at: Position): void {
    if (reservedWords.has(name)) throw new CompileError(`${name} is a reserved word`, at);
    if (functionsNamed(name).length > 0 || isKnownType(name)) {
      throw new CompileError(`${name} is the name of something built in`, at);
    }
  }
}
