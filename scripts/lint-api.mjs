import { binOf } from './lib/bins.mjs';
import { runChild } from './lib/run-child.mjs';

// Checks the OpenAPI document by the rules of redocly.yaml, without asking anybody on the network.
process.env['REDOCLY_TELEMETRY'] = 'off';
process.env['REDOCLY_SUPPRESS_UPDATE_NOTICE'] = 'true';
const document = process.argv[2] ?? 'docs/openapi.json';
process.exitCode = await runChild(process.execPath, [binOf('@redocly/cli', 'redocly'), 'lint', document]);
