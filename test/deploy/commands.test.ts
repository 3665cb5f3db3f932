import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { inProject } from '../../scripts/lib/project.mjs';

const pages = ['deploy.md', 'operations.md']
  .map((name) => readFileSync(inProject('docs', name), 'utf8'))
  .join('\n');
const found = (pattern: RegExp) => [...pages.matchAll(pattern)].map(([, name = '']) => name);

test('what the pages have run in containers is in the containers', () => {
  const { services } = parse(readFileSync(inProject('docker-compose.yml'), 'utf8'), { merge: true }) as {
    services: object;
  };
  const entered = found(/docker compose exec (?:-T )?(\S+)/g);
  expect(entered).toContain('worker');
  expect(Object.keys(services)).toEqual(expect.arrayContaining(entered));

  const scripts = found(/node dist\/(\S+)\.js/g);
  expect(scripts).toContain('rotate-keys');
  expect(scripts.filter((script) => !existsSync(inProject('src', `${script}.ts`)))).toEqual([]);
});
