import { compile } from 'html-to-text';
import { Marked } from 'marked';
import sanitizeHtml from 'sanitize-html';

/** One summary in the two forms that SuperOffice can show. */
export interface RenderedSummary {
  text: string;
  html: string;
}

/** What SuperOffice may show of a summary's HTML. */
const shownTags = [
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'blockquote', 'pre', 'code', 'ul', 'ol', 'li'],
  ...['strong', 'b', 'em', 'i', 'u', 's', 'del', 'a', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
];

/** Tags that are HTML, though none that is shown; anything else in angle brackets is a word of the text. */
const hiddenTags = [
  ...[
    'div',
    'span',
    'section',
    'article',
    'header',
    'footer',
    'main',
    'nav',
    'html',
    'head',
    'body',
    'title',
  ],
  ...[
    'img',
    'svg',
    'math',
    'video',
    'audio',
    'object',
    'embed',
    'iframe',
    'canvas',
    'picture',
    'source',
    'map',
  ],
  ...['script', 'style', 'noscript', 'template', 'link', 'meta', 'base', 'form', 'input', 'button', 'select'],
  ...[
    'option',
    'textarea',
    'label',
    'font',
    'center',
    'small',
    'big',
    'sub',
    'sup',
    'mark',
    'details',
    'summary',
  ],
  ...['dl', 'dt', 'dd', 'caption', 'colgroup', 'col', 'tfoot', 'figure', 'figcaption', 'strike', 'tt', 'kbd'],
];
const htmlTags: ReadonlySet<string> = new Set([...shownTags, ...hiddenTags]);

const markdown = new Marked({
  gfm: true,
  breaks: true,
  renderer: { html: ({ text }) => escapeWordsInBrackets(text) },
});

/**
 * Bounds within which rendering takes milliseconds. Beyond them, the time of these libraries grows with the square
 * or the cube of the length, and the worker would do nothing else for minutes.
 */
const MAX_MARKS_IN_BLOCK = 1_000;
const MAX_BLANKS_IN_A_ROW = 500;

/**
 * A summary as plain text and as HTML that is safe to show. DCI's summaries are Markdown, HTML or plain text, and
 * say not which; the words stay as they are.
 */
export function renderSummary(summary: string): RenderedSummary {
  const isHtml = looksLikeHtml(summary);
  if (!isOrdinary(summary, isHtml ? htmlBlockEnd : blankLine)) return { text: summary, html: '' };
  try {
    const html = sanitize(isHtml ? summary : markdown.parse(summary, { async: false }));
    return { text: toText(html), html };
  } catch (error) {
    // Thousands of levels, one in the other, overflow the stack of every one of these libraries.
    if (error instanceof RangeError) return { text: summary, html: '' };
    throw error;
  }
}

const blankLine = /\n\s*\n/;
/** HTML that a program wrote has no blank lines as a rule. */
const htmlBlockEnd = /\n\s*\n|<\/(?:p|div|li|ul|ol|h[1-6]|td|th|tr|table|blockquote)\s*>|<br\b[^<>]*>/i;

/** No summary that a person or a model wrote has so many marks in one block, or so many blanks. */
function isOrdinary(summary: string, blockEnd: RegExp): boolean {
  if (new RegExp(`[^\\S\\n]{${MAX_BLANKS_IN_A_ROW},}`).test(summary)) return false;
  return summary
    .split(blockEnd)
    .every((block) => (block.match(/[*_`~[|<&]/g)?.length ?? 0) <= MAX_MARKS_IN_BLOCK);
}

/**
 * `<Anna>` is a name, not HTML: without this, it would vanish. A name ends at a blank, a slash or the bracket: where
 * it could end anywhere, a bracket that nobody closes would be tried in as many ways as its text has letters.
 */
function escapeWordsInBrackets(html: string): string {
  return html.replace(/<\/?([A-Za-z][^\s/>]*)(?:[\s/][^<>]*)?>/g, (tag, name: string) =>
    htmlTags.has(name.toLowerCase()) ? tag : tag.replace('<', '&lt;').replace('>', '&gt;'),
  );
}

function looksLikeHtml(summary: string): boolean {
  return /^\s*<(!doctype|html|body|div|section|article|p|h[1-6]|ul|ol|table|span|b|strong|em|br)\b/i.test(
    summary,
  );
}

function sanitize(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: shownTags,
    allowedAttributes: { a: ['href'], ol: ['start'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    disallowedTagsMode: 'discard',
  }).trim();
}

const asWritten = { options: { uppercase: false, uppercaseHeaderCells: false } };

/** Made once: the options take as long to work out as a summary takes to convert. */
const toText = compile({
  wordwrap: false,
  selectors: [
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, ...asWritten })),
    { selector: 'table', format: 'dataTable', ...asWritten },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
    { selector: 'ul', options: { itemPrefix: '- ' } },
  ],
});
