import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { coursePicture } from './support/course-picture.js';
import { withGenerated } from './support/generated.js';
import { importPicture } from './support/import-picture.js';

test('the pictures of the architecture are what the code and the recorded histories say', async () => {
  const page = readFileSync('docs/architecture.md', 'utf8');
  const renewed = withGenerated(page, {
    imports: importPicture(),
    delivered: await coursePicture('delivered-at-once'),
    retried: await coursePicture('tried-at-once-then-delivered'),
    parked: await coursePicture('parked-at-once-then-retried'),
  });
  await expect(renewed).toMatchFileSnapshot('../../docs/architecture.md');
});
