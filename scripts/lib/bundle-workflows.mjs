import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { inProject } from './project.mjs';

/**
 * Bundles the compiled workflows into `dist/workflow-bundle.js`, which every worker loads instead of bundling
 * at its start.
 * @returns {Promise<boolean>} false when there are no workflows
 */
export async function bundleWorkflows() {
  const workflowsPath = inProject('dist', 'workflows', 'index.js');
  if (!existsSync(workflowsPath)) return false;
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const failureConverterPath = inProject('dist', 'temporal', 'failure-converter.js');
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    ...(existsSync(failureConverterPath) ? { failureConverterPath } : {}),
    logger: new DefaultLogger('WARN'),
    // Whole names keep stack traces readable; a worker insists on the inline source map.
    webpackConfigHook: (config) => ({
      ...config,
      mode: 'production',
      optimization: { ...config.optimization, minimize: false },
    }),
  });
  const bundle = inProject('dist', 'workflow-bundle.js');
  const temporary = `${bundle}.${process.pid}`;
  writeFileSync(temporary, code);
  renameSync(temporary, bundle);
  return true;
}
