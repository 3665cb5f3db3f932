import { execFileSync } from 'node:child_process';
import type { TestContext } from 'vitest';
import { ensurePromtool } from '../../scripts/lib/promtool.mjs';

/**
 * Runs promtool: what it said. Where it is not to be had, continuous integration fails, and elsewhere the test is
 * skipped aloud.
 */
export function promtool(context: TestContext, cwd: string, ...args: string[]): string {
  return execFileSync(executable(context), args, { cwd, encoding: 'utf8' });
}

function executable(context: TestContext): string {
  try {
    return ensurePromtool();
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    const reason = error instanceof Error ? error.message : 'unknown failure';
    process.stderr.write(`\nNOT CHECKED: ${context.task.name}. ${reason}\n`);
    return context.skip(reason);
  }
}
