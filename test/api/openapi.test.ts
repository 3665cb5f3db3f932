import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tags } from '../../src/api/openapi/tags.js';
import { problemNames, problemType } from '../../src/api/problems.js';
import { type Harness, startHarness } from '../support/harness.js';
import { request } from '../support/request.js';

const documentFile = fileURLToPath(new URL('../../docs/openapi.json', import.meta.url));

interface Answer {
  $ref?: string;
  description?: string;
  content?: Record<
    string,
    { schema: { $ref?: string; examples?: object[] }; example?: object; examples?: object }
  >;
}

interface Operation {
  operationId?: string;
  summary?: string;
  tags?: string[];
  security?: object[];
  requestBody?: Answer;
  parameters?: { name: string; description?: string }[];
  responses: Record<string, Answer>;
}

interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { examples?: object[] }>; responses: Record<string, Answer> };
}

let harness: Harness;
let document: OpenApi;
/** By names such as `get /healthz`. */
let operations: [string, Operation][];

beforeAll(async () => {
  harness = await startHarness();
  document = (await request(harness.url, '/openapi.json', { token: '' })).body as OpenApi;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method} ${path}`,
      operation,
    ]),
  );
});
afterAll(() => harness.stop());

test('the document that is checked in is the one of the service (npm run openapi writes it anew)', async () => {
  expect(operations.length).toBeGreaterThan(15);
  await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot(documentFile);
});

describe('every operation', () => {
  /** What each operation lacks, by its name. */
  const lacking = (lacksOf: (operation: Operation, name: string) => string[]) =>
    operations.flatMap(([name, operation]) => lacksOf(operation, name).map((lack) => `${name}: ${lack}`));

  test('has an operation id, a summary, and one tag that is a chapter', () => {
    const lacks = lacking(({ operationId = '', summary, tags: [tag = '', ...others] = [] }) => [
      ...(/^[a-z][A-Za-z]+$/.test(operationId) ? [] : ['operationId, a verb and a noun']),
      ...(summary ? [] : ['summary']),
      ...(tag in tags && others.length === 0 ? [] : ['one of the tags of src/api/openapi/tags.ts']),
    ]);
    expect(lacks).toEqual([]);
    expect(new Set(operations.map(([, { operationId }]) => operationId)).size).toBe(operations.length);
  });

  test('describes its parameters', () => {
    const lacks = lacking(({ parameters = [] }) =>
      parameters.filter(({ description }) => !description).map(({ name }) => `a description of ${name}`),
    );
    expect(lacks).toEqual([]);
  });

  test('describes its answers, and shows an example of each and of what it takes', () => {
    const lacks = lacking((operation) => [
      ...(operation.requestBody && !hasExample(operation.requestBody) ? ['an example of its body'] : []),
      ...answersOf(operation).flatMap(([status, answer]) => [
        ...(answer.description === 'Default Response' ? [`a description of the answer ${status}`] : []),
        ...(answer.content && !hasExample(answer) ? [`an example of the answer ${status}`] : []),
      ]),
    ]);
    expect(lacks).toEqual([]);
  });

  test('names the problems that it can answer with', () => {
    const lacks = lacking(({ security, responses }, name) => {
      const possible = [
        '500',
        ...(security?.length === 0 ? [] : ['401', '429']),
        ...(name.includes(' /v1/') ? ['400', '429', '503'] : []),
        ...(name.startsWith('get ') ? [] : ['413', '415']),
        ...(name.includes('{deliveryId}') ? ['404'] : []),
      ];
      return possible.filter((status) => !(status in responses));
    });
    expect(lacks).toEqual([]);
  });
});

test('the problems are told in one place, by all their types', () => {
  const text = JSON.stringify(document.components.schemas.Problem);
  for (const name of problemNames) expect(text).toContain(`"${problemType(name)}"`);
});

test('the lint refuses an operation without an id, and an example that its schema refuses', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'openapi-'));
  try {
    const copy = structuredClone(document);
    delete copy.paths['/v1/tenants/{tenantId}/summaries']?.post?.operationId;
    Object.assign(copy.components.schemas.Accepted ?? {}, { examples: [{ deliveryId: 7 }] });
    const file = join(folder, 'openapi.json');
    await writeFile(file, JSON.stringify(copy));
    const lint = promisify(execFile)(process.execPath, ['scripts/lint-api.mjs', file]);
    const { code, stdout } = await lint.then(
      () => ({ code: 0, stdout: '' }),
      (error: unknown) => error as { code: number; stdout: string },
    );
    expect(code).toBe(1);
    expect(stdout).toContain('operation-operationId rule');
    expect(stdout).toContain('no-invalid-schema-examples rule');
  } finally {
    await rm(folder, { recursive: true });
  }
});

function answersOf({ responses }: Operation): [string, Answer][] {
  return Object.entries(responses).map(([status, answer]) => [
    status,
    answer.$ref === undefined ? answer : (document.components.responses[lastPart(answer.$ref)] ?? {}),
  ]);
}

/** Whether a body has an example: beside its schema, in it, or in the schema that it refers to. */
function hasExample({ content = {} }: Answer): boolean {
  return Object.values(content).every(({ schema, example, examples }) => {
    const named = document.components.schemas[lastPart(schema.$ref ?? '')];
    return [example, examples, schema.examples, named?.examples].some((one) => one !== undefined);
  });
}

function lastPart(reference: string): string {
  return reference.split('/').at(-1) ?? '';
}
