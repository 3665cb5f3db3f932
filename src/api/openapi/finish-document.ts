import { jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { type Document, operationsOf, type Response } from './document.js';
import { shareProblems } from './problem-responses.js';

/** Where a route says what its answers have beside a body, by status: headers, and links to what can be asked next. */
const RESPONSES = 'x-responses';

/** Makes of what the libraries collected a document that one likes to read: each thing once, nothing unused. */
export const finishDocument: typeof jsonSchemaTransformObject = (input) => {
  const collected = structuredClone(jsonSchemaTransformObject(input));
  const document = collected as unknown as Document;
  completeResponses(document);
  shareProblems(document);
  placeInputExamples(document);
  dropPatternsOfTimes(document);
  dropUnusedSchemas(document);
  shortenNames(document);
  makeNullableBodiesOptional(document);
  return collected;
};

function completeResponses(document: Document): void {
  for (const operation of operationsOf(document)) {
    const additions = (operation[RESPONSES] ?? {}) as Record<string, Pick<Response, 'headers' | 'links'>>;
    for (const [status, addition] of Object.entries(additions)) {
      Object.assign(operation.responses[status] ?? {}, addition);
    }
    Reflect.deleteProperty(operation, RESPONSES);
  }
}

/** Zod leaves out the examples of a schema that changes what it reads, so these come under another name. */
function placeInputExamples(document: Document): void {
  visit(document, (node) => {
    if (node.inputExamples === undefined) return;
    node.examples = node.inputExamples;
    delete node.inputExamples;
  });
}

/** The format of a time says, in short, what its long pattern does. */
function dropPatternsOfTimes(document: Document): void {
  visit(document, (node) => {
    if (node.format === 'date-time') delete node.pattern;
  });
}

/** The libraries write down a form for requests and one for answers of each schema; most need one of the two. */
function dropUnusedSchemas({ paths, components }: Document): void {
  const { schemas, responses } = components;
  const used = new Set<string>();
  const follow = (root: unknown) => {
    visit(root, ({ $ref }) => {
      const name = typeof $ref === 'string' ? /^#\/components\/schemas\/(.+)$/.exec($ref)?.[1] : undefined;
      if (name === undefined || used.has(name)) return;
      used.add(name);
      follow(schemas[name]);
    });
  };
  follow([paths, responses]);
  components.schemas = Object.fromEntries([...used].sort().map((name) => [name, schemas[name] ?? {}]));
}

/** What is only sent needs no other name than itself: the libraries call it `SummaryInput`. */
function shortenNames(document: Document): void {
  const { schemas } = document.components;
  const shortNameOf = new Map(
    Object.keys(schemas).map((name) => {
      const short = name.replace(/Input$/, '');
      return [name, short in schemas ? name : short];
    }),
  );
  document.components.schemas = Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [shortNameOf.get(name) ?? name, schema]),
  );
  visit(document, (node) => {
    if (typeof node.$ref !== 'string') return;
    node.$ref = node.$ref.replace(
      /(?<=^#\/components\/schemas\/).+$/,
      (name) => shortNameOf.get(name) ?? name,
    );
  });
}

/** A body that may be null may be left out. */
function makeNullableBodiesOptional(document: Document): void {
  const { schemas } = document.components;
  for (const { requestBody } of operationsOf(document)) {
    const schema = requestBody?.content['application/json']?.schema;
    const resolved = schema?.$ref === undefined ? schema : schemas[schema.$ref.split('/').at(-1) ?? ''];
    if (requestBody && resolved?.anyOf?.some(({ type }) => type === 'null')) requestBody.required = false;
  }
}

/** Calls a function for every object below a node, and for the node. */
function visit(node: unknown, found: (node: Record<string, unknown>) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) found(node as Record<string, unknown>);
  for (const child of Object.values(node)) visit(child, found);
}
