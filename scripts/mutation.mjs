import { binOf } from './lib/bins.mjs';
import { runChild } from './lib/run-child.mjs';

// Has Stryker change the sources and run the tests: `npm run mutation [-- FILE…] [--force]`. The two folders one after
// the other, each with its own tests and its own score.
const args = process.argv.slice(2);
const files = args.filter((arg) => !arg.startsWith('--'));
const options = args.filter((arg) => arg.startsWith('--'));

const folders = ['domain', 'superoffice'];
const unknown = files.filter((file) => !folders.some((folder) => file.startsWith(`src/${folder}/`)));
if (unknown.length > 0) {
  console.error(`Only files of src/domain/ and src/superoffice/ are changed, and not: ${unknown.join(', ')}`);
  process.exit(1);
}

for (const folder of folders) {
  const chosen = files.filter((file) => file.startsWith(`src/${folder}/`));
  if (files.length > 0 && chosen.length === 0) continue;
  const mutate = chosen.length > 0 ? ['--mutate', chosen.join(',')] : [];
  const stryker = [binOf('@stryker-mutator/core', 'stryker'), 'run', `test/mutation/${folder}.config.mjs`];
  process.exitCode ||= await runChild(process.execPath, [...stryker, ...mutate, ...options]);
}
