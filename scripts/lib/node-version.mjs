const REQUIRED = [20, 19];

/**
 * What is wrong with this version of Node.js; undefined when it will do.
 * @param {string} version such as `20.20.2`
 */
export function nodeVersionProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [requiredMajor = 0, requiredMinor = 0] = REQUIRED;
  if (major > requiredMajor || (major === requiredMajor && minor >= requiredMinor)) return undefined;
  return `This project needs Node.js ${REQUIRED.join('.')} or newer; this is ${version}. Get one at https://nodejs.org and run this again.`;
}
