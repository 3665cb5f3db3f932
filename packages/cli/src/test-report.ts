import type { ConnectionTest } from '@dci-superoffice/client';
import type { Output } from './output.js';
import { columns } from './words.js';

/** What a test found: each check, and cause and remedy of the one that failed. */
export function testWords(output: Output, { checks, passed, latencyMs }: ConnectionTest): string {
  const marks = {
    ok: output.style('green', 'ok'),
    failed: output.style('red', 'failed'),
    'not-reached': output.style('dim', 'not reached'),
  };
  const lines = checks.map(({ check, result, code, note }) => [
    check,
    marks[result],
    [code, note].filter((word) => word !== undefined).join(' '),
  ]);
  const failed = checks.find(({ result }) => result === 'failed');
  const verdict = passed
    ? output.style('green', `The test passed${latencyMs === undefined ? '' : ` in ${latencyMs} ms`}.`)
    : `${output.style('red', 'The test failed.')} ${failed?.cause ?? ''}\n${output.style('bold', failed?.remedy ?? '')}`;
  return `${columns(lines)}\n\n${verdict}`;
}
