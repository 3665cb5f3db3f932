import fc from 'fast-check';

/**
 * Texts that were valid ones, with pieces put in, taken out, doubled or exchanged at any place: closer to the edge of
 * what is valid than random letters ever come.
 *
 * @param pieces what may be put in
 */
export function mutated(valid: fc.Arbitrary<string>, pieces: readonly string[]): fc.Arbitrary<string> {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const piece = fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 2 }));
  const mutation = fc.record({ at: share, removed: fc.nat({ max: 3 }), piece, twice: fc.boolean() });
  return fc
    .tuple(valid, fc.array(mutation, { minLength: 1, maxLength: 4 }))
    .map(([text, mutations]) => mutations.reduce(mutate, text));
}

function mutate(
  text: string,
  { at, removed, piece, twice }: { at: number; removed: number; piece: string; twice: boolean },
): string {
  const index = Math.floor(at * text.length);
  const rest = text.slice(index + removed);
  return text.slice(0, index) + piece + (twice ? text.slice(index, index + removed) : '') + rest;
}

/** What moves the borders between the parts of an address, in the ways that parsers disagree about. */
export const addressPieces: readonly string[] = [
  ...[
    '/',
    '//',
    '\\',
    '@',
    ':',
    '.',
    '..',
    '?',
    '#',
    '%',
    '%2f',
    '%2e',
    '%40',
    '%00',
    '[',
    ']',
    ';',
    '&',
    '=',
  ],
  ...[
    '\t',
    '\n',
    '\r',
    ' ',
    '\u00a0',
    '\u200b',
    '\u00ad',
    '。',
    '．',
    '／',
    '＠',
    '：',
    '？',
    '＃',
    'ｓ',
    'ß',
    'ı',
    'K',
  ],
  ...[
    'xn--',
    'evil.example',
    '@evil.example',
    '.evil.example',
    'evil.example/',
    '127.0.0.1',
    '[::1]',
    ':22',
    ':443',
  ],
  ...['superoffice.com', '.superoffice.com', 'https://', 'http://', 'javascript:', 'user:pass@', 'localhost'],
];
