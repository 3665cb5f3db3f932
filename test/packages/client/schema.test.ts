import { fileURLToPath } from 'node:url';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { expect, test } from 'vitest';

const documentUrl = new URL('../../../docs/openapi.json', import.meta.url);
const schemaFile = fileURLToPath(new URL('../../../packages/client/src/schema.ts', import.meta.url));

test('the types of the client are those of the document (npm run openapi writes them anew)', async () => {
  // What has a default may be left out of a request.
  const types = await openapiTS(documentUrl, { defaultNonNullable: false });
  await expect(COMMENT_HEADER + astToString(types)).toMatchFileSnapshot(schemaFile);
});
