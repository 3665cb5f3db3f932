import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { promtool } from './promtool.js';

const folder = fileURLToPath(new URL('../../observability/prometheus/', import.meta.url));
const rules = readFileSync(`${folder}alerts.yml`, 'utf8');
const testFiles = ['alerts.test.yml', 'alerts-of-days.test.yml'];
const unitTests = testFiles.map((file) => readFileSync(folder + file, 'utf8')).join('\n');
const alerts = [...rules.matchAll(/- alert: (\w+)/g)].map(([, name = '']) => name);

test('Prometheus takes the alert rules', (context) => {
  expect(promtool(context, folder, 'check', 'rules', 'alerts.yml')).toContain(`${alerts.length} rules found`);
});

test('each alert fires when it should, and is silent when it should', (context) => {
  const result = promtool(context, folder, 'test', 'rules', ...testFiles);
  expect(result.match(/SUCCESS/g)).toHaveLength(testFiles.length);
});

test('each alert has a unit test in which it fires', () => {
  const fired = [...unitTests.matchAll(/alertname: (\w+)\n\s+exp_alerts:/g)].map(([, name = '']) => name);
  expect([...new Set(fired)].sort()).toEqual([...alerts].sort());
});

test('each alert leads to a section of the operators’ page', () => {
  const page = readFileSync(new URL('../../docs/operators.md', import.meta.url), 'utf8');
  const anchors = [...page.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
  const links = [...rules.matchAll(/runbook_url: docs\/operators\.md#(\S+)/g)].map(
    ([, anchor = '']) => anchor,
  );
  expect(links).toHaveLength(alerts.length);
  expect(links.filter((link) => !anchors.includes(link))).toEqual([]);
});
