import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';

const guides = readdirSync(inProject('docs')).filter((name) => name.endsWith('.md'));
const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...guides.map((name) => `docs/${name}`)];

const read = (page: string) => readFileSync(inProject(page), 'utf8');

/** Targets of a page's links within the project, without code and without pictures' titles. */
function linksOf(page: string): string[] {
  const prose = read(page)
    .replace(/^```.*?^```/gms, '')
    .replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^()\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** Names that GitHub gives to a page's headings. */
function anchorsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('the documentation', () => {
  test.each(pages)('%s links to what is there', (page) => {
    const dead = linksOf(page).filter((target) => {
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      if (!existsSync(inProject(file))) return true;
      return anchor !== undefined && file.endsWith('.md') && !anchorsOf(file).includes(anchor);
    });
    expect(dead).toEqual([]);
  });

  test('can all be reached from the README', () => {
    const linked = linksOf('README.md').map((target) => target.split('#')[0]);
    expect(guides.filter((name) => !linked.includes(`docs/${name}`) && !isLinkedFromAGuide(name))).toEqual(
      [],
    );
  });
});

function isLinkedFromAGuide(name: string): boolean {
  return guides.some((guide) => linksOf(`docs/${guide}`).includes(name));
}
