import { problemNames, problems, problemType } from '../problems.js';

const introduction = `
Carries every AI meeting summary of Dstny Conversational Intelligence (DCI) into the customer’s SuperOffice, durably.

**Tenants.** A tenant is one DCI customer account. Its id is yours to choose; it exists from the first call that names it.

**Durable from the answer on.** \`202\` says that something has been begun and is kept: it goes on, whatever becomes of the
caller or of any process of the service. \`503\` says that nothing was accepted.

**Safe to repeat.** The same summary always maps to the same delivery, so that every call may be sent again when its answer
is lost. Wait as long as \`retry-after\` says, where there is one.

**Errors** are \`application/problem+json\` (RFC 9457). Programs decide by \`type\`; \`detail\` says what to do:
`;

/** What the document begins with. */
export const info = {
  title: 'Meeting summaries to SuperOffice',
  version: '1.0.0',
  license: { name: 'MIT', identifier: 'MIT' },
  description: `${introduction.trim()}\n\n${listOfProblems()}`,
};

function listOfProblems(): string {
  return problemNames
    .map((name) => {
      const { status, title, advice } = problems[name];
      return `- **${status}** \`${problemType(name)}\`: ${title}. ${advice}`;
    })
    .join('\n');
}
