import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';

const page = readFileSync(inProject('docs', 'threat-model.md'), 'utf8');
const claims = [...page.matchAll(/\[([^\]]+)\]\(\.\.\/(test\/[^)]+)\)/g)].map(
  ([, title = '', file = '']) => ({
    title,
    file,
  }),
);
const rows = page.split('\n').filter((line) => line.startsWith('| ') && line.split('|').length === 5);

/** Whether a file has a test whose title begins so; titles are written as literals. */
function hasTest(file: string, title: string): boolean {
  const path = inProject(...file.split('/'));
  if (!existsSync(path)) return false;
  return new RegExp(`['"\`]${escaped(title)}`).test(readFileSync(path, 'utf8'));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

test('every test that the threat model names is there', () => {
  expect(claims.length).toBeGreaterThan(50);
  expect(claims.filter(({ file, title }) => !hasTest(file, title))).toEqual([]);
});

test('every threat has a test that proves what prevents it', () => {
  const threats = rows.filter((line) => !line.startsWith('| threat |'));
  expect(threats.length).toBeGreaterThan(35);
  expect(threats.filter((line) => !line.includes('](../test/'))).toEqual([]);
});

test('every file of security tests is named in the threat model', () => {
  const named = new Set(claims.map(({ file }) => file));
  const files = readdirSync(inProject('test', 'security')).filter((name) => name.endsWith('.test.ts'));
  expect(files.filter((name) => !named.has(`test/security/${name}`))).toEqual([]);
});
