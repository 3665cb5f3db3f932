import { convert } from 'html-to-text';
import { Marked } from 'marked';
import sanitizeHtml from 'sanitize-html';

/** One summary in the two forms that SuperOffice can show. */
export interface RenderedSummary {
  text: string;
  html: string;
}

const markdown = new Marked({ gfm: true, breaks: true });

/**
 * A summary as plain text and as HTML that is safe to show. DCI's summaries are Markdown, HTML or plain text, and
 * say not which; the words stay as they are.
 */
export function renderSummary(summary: string): RenderedSummary {
  try {
    const html = sanitize(looksLikeHtml(summary) ? summary : markdown.parse(summary, { async: false }));
    return { text: toText(html), html };
  } catch (error) {
    // Thousands of levels, one in the other, overflow the stack of every one of these libraries.
    if (error instanceof RangeError) return { text: summary, html: '' };
    throw error;
  }
}

function looksLikeHtml(summary: string): boolean {
  return /^\s*<(!doctype|html|body|div|section|article|p|h[1-6]|ul|ol|table|span|b|strong|em|br)\b/i.test(
    summary,
  );
}

function sanitize(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: [
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'blockquote', 'pre', 'code', 'ul', 'ol', 'li'],
      ...['strong', 'b', 'em', 'i', 'u', 's', 'del', 'a', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
    ],
    allowedAttributes: { a: ['href'], ol: ['start'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    disallowedTagsMode: 'discard',
  }).trim();
}

function toText(html: string): string {
  const asWritten = { options: { uppercase: false, uppercaseHeaderCells: false } };
  return convert(html, {
    wordwrap: false,
    selectors: [
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, ...asWritten })),
      { selector: 'table', format: 'dataTable', ...asWritten },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
      { selector: 'ul', options: { itemPrefix: '- ' } },
    ],
  });
}
