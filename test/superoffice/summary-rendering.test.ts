import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderSummary } from '../../src/superoffice/summary-rendering.js';

describe('renderSummary', () => {
  test('renders Markdown', () => {
    const summary = [
      '## Nästa Steg',
      '',
      'Åsa vill ha en **offert**.',
      'Före fredag.',
      '',
      '- Skicka offerten',
      '  - till Åsa',
      '- Ring *Björn*',
      '',
      '1. Ett',
      '2. Två',
    ].join('\n');
    const { html, text } = renderSummary(summary);
    expect(html).toMatch(
      /^<h2>Nästa Steg<\/h2>\n<p>Åsa vill ha en <strong>offert<\/strong>.<br \/>Före fredag/,
    );
    expect(html).toContain('<li>Ring <em>Björn</em></li>');
    expect(text.split(/\n+/)).toEqual([
      'Nästa Steg',
      'Åsa vill ha en offert.',
      'Före fredag.',
      '- Skicka offerten',
      '  - till Åsa',
      '- Ring Björn',
      ' 1. Ett',
      ' 2. Två',
    ]);
  });

  test('renders HTML', () => {
    const { html, text } = renderSummary('<h2>Nästa Steg</h2><ul><li>Ett</li><li>Två &amp; tre</li></ul>');
    expect(html).toBe('<h2>Nästa Steg</h2><ul><li>Ett</li><li>Två &amp; tre</li></ul>');
    expect(text).toBe('Nästa Steg\n\n- Ett\n- Två & tre');
  });

  test.each([
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'blockquote', 'pre', 'code', 'ul', 'ol', 'li'],
    ...['strong', 'b', 'em', 'i', 'u', 's', 'del', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ])('shows <%s>', (tag) => {
    const summary = `<div><${tag}>word</${tag}></div>`;
    expect(renderSummary(summary).html).toContain(`<${tag}>word</${tag}>`);
    expect(renderSummary(`Some ${summary}`).html).toContain(`<${tag}>word</${tag}>`);
  });

  test.each(['br', 'hr'])('shows <%s>', (tag) => {
    expect(renderSummary(`<div>one<${tag}>two</div>`).html).toBe(`one<${tag} />two`);
    expect(renderSummary(`One <${tag}>two`).html).toContain(`<${tag} />two`);
  });

  test.each([
    ...['div', 'span', 'section', 'article', 'header', 'footer', 'main', 'nav', 'html', 'head', 'body'],
    ...['title', 'img', 'svg', 'math', 'video', 'audio', 'object', 'embed', 'iframe', 'canvas', 'picture'],
    ...['source', 'map', 'script', 'style', 'noscript', 'template', 'link', 'meta', 'base', 'form', 'input'],
    ...['button', 'select', 'option', 'textarea', 'label', 'font', 'center', 'small', 'big', 'sub', 'sup'],
    ...['mark', 'details', 'summary', 'dl', 'dt', 'dd', 'caption', 'colgroup', 'col', 'tfoot', 'figure'],
    ...['figcaption', 'strike', 'tt', 'kbd'],
  ])('does not show <%s>, neither as a tag nor as a word', (tag) => {
    const name = tag.toUpperCase();
    for (const summary of [`Some <${tag}></${tag}>`, `Some <${name} x="y"></${name}>`]) {
      const { html, text } = renderSummary(summary);
      expect(html.replaceAll(/<\/?p>/g, '').trim()).toBe('Some');
      expect(text.trim()).toBe('Some');
    }
  });

  test.each([
    ['<!DOCTYPE html><p>**word**</p>', true],
    ...[
      'html',
      'body',
      'div',
      'section',
      'article',
      'p',
      'h1',
      'h6',
      'ul',
      'ol',
      'table',
      'span',
      'b',
      'strong',
    ].map((tag) => [` \n<${tag.toUpperCase()}>`, true] as const),
    ['<em>**word**</em>', true],
    ['<br>', true],
    ['one <p>', false],
    ['<h7>', false],
    ['<blockquote>', false],
    ['<broken>', false],
  ] as const)('takes what begins with %j for HTML: %s', (beginning, isHtml) => {
    const { html } = renderSummary(`${beginning}\n\nMarkdown has **bold** words.`);
    expect(html).toContain(isHtml ? '**bold**' : '<strong>bold</strong>');
  });

  test.each([
    ['a list from another number', '3. Tre\n4. Fyra', '<ol start="3">'],
    ['a link to write to', '[Anna](mailto:anna@a.example)', '<a href="mailto:anna@a.example">'],
    ['a link without TLS', '[x](http://a.example/)', '<a href="http://a.example/">'],
  ])('keeps %s', (_, summary, html) => {
    expect(renderSummary(summary).html).toContain(html);
  });

  test.each([
    ['a class', '<p class="x" id="y">word</p>', '<p>word</p>'],
    [
      'where a link opens',
      '<p><a href="https://a.example/" target="_blank">x</a></p>',
      '<p><a href="https://a.example/">x</a></p>',
    ],
    ['another scheme', '<p><a href="ftp://a.example/">x</a></p>', '<p><a>x</a></p>'],
  ])('takes away %s', (_, summary, html) => {
    expect(renderSummary(summary).html).toBe(html);
  });

  test('breaks no line of the text, however long', () => {
    const summary = 'word '.repeat(100).trim();
    expect(renderSummary(summary).text).toBe(summary);
  });

  test('keeps the case of the headings of a table', () => {
    expect(renderSummary('<table><tr><th>Vem</th></tr></table>').text).toBe('Vem');
  });

  test.each([
    [1_000, '*a '.repeat(1_000), true],
    [1_001, '*a '.repeat(1_001), false],
    ['1,000 a block', `${'*a '.repeat(1_000)}\n \n${'*a '.repeat(1_000)}`, true],
  ])('renders a block of %s marks: %#', (_, summary, rendered) => {
    expect(renderSummary(summary).html !== '').toBe(rendered);
  });

  test.each([
    [499, ' '],
    [500, ' '],
    [500, '\t'],
    [500, '\n'],
  ])('renders %i blanks in a row (%j) only where they are fewer than 500, or lines', (count, blank) => {
    const { html } = renderSummary(`one${blank.repeat(count)}two`);
    expect(html !== '').toBe(count < 500 || blank === '\n');
  });

  test('leaves plain text as it is, lines included', () => {
    const summary = 'We met Anna.\nPrice: 5 < 7 & 3 > 2.\n\nNext: "call" her.';
    const { html, text } = renderSummary(summary);
    expect(text).toBe(summary);
    expect(html).toBe('<p>We met Anna.<br />Price: 5 &lt; 7 &amp; 3 &gt; 2.</p>\n<p>Next: "call" her.</p>');
  });

  test('renders a table in both forms', () => {
    const { html, text } = renderSummary('| Vem | Vad |\n|---|---|\n| Åsa | Offert |');
    expect(html).toContain('<td>Offert</td>');
    expect(text.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['Vem', 'Vad'],
      ['Åsa', 'Offert'],
    ]);
  });

  test.each([
    'Talk to <Anna> about List<String>.',
    'From <anna@acme.example> and <Björn Å>',
    '<Anna> said yes.',
  ])('keeps words in angle brackets: %s', (summary) => {
    const { text, html } = renderSummary(summary);
    expect(text.replaceAll(/[<>]|\[mailto:[^\]]*\]/g, '')).toBe(summary.replaceAll(/[<>]/g, ''));
    expect(html).not.toMatch(/<(anna|string|björn)/i);
  });

  test.each([
    ['marks within marks', '**a_'.repeat(25_000)],
    ['half-open marks', '_a'.repeat(50_000)],
    ['blanks without end', `one${' '.repeat(99_000)}two`],
    ['a table of thousands of ragged rows', `|a|b|\n|-|-|\n${'|x\n'.repeat(30_000)}`],
    ['thousands of tags', `<p>${'<b>x</b>'.repeat(12_000)}</p>`],
  ])('leaves %s as they are, rather than hold up the worker for minutes', (_, summary) => {
    expect(renderSummary(summary)).toEqual({ text: summary, html: '' });
  });

  test('renders a long HTML summary without a blank line: its blocks end where its tags end', () => {
    const points = Array.from(
      { length: 600 },
      (_, index) => `<li><strong>Punkt ${index}</strong> f&ouml;r</li>`,
    );
    const { text } = renderSummary(`<h2>Möte</h2><ul>${points.join('')}</ul>`);
    expect(text.split('\n').filter((line) => /^- Punkt \d+ för$/.test(line))).toHaveLength(600);
  });

  test.each([
    ['a bracket that nobody closes', `One\n\n<div>\n<${'a'.repeat(99_000)}`],
    ['brackets that nobody closes', `One\n\n<div>\n${'<a'.repeat(100)}${'b'.repeat(30_000)}`],
  ])('takes moments over %s', (_, summary) => {
    const startedAt = performance.now();
    renderSummary(summary);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  test.each(['# Åtgärder och Beslut', '###### Åtgärder och Beslut', '<h1>Åtgärder och Beslut</h1>'])(
    'keeps the case of the heading in %o',
    (summary) => expect(renderSummary(summary).text).toBe('Åtgärder och Beslut'),
  );

  test('writes out where a link leads, once', () => {
    const { text } = renderSummary('See [the offer](https://a.example/1) and https://a.example/2');
    expect(text).toBe('See the offer [https://a.example/1] and https://a.example/2');
  });

  test.each([
    ['a script', 'Before <script>alert(1)</script> after'],
    ['a script in HTML', '<p>Before</p><script>alert(1)</script><p>after</p>'],
    ['an event handler', '<p onclick="alert(1)">Before</p><b onmouseover=alert(1)>after</b>'],
    ['an event handler of an image', 'Before ![x](x"onerror="alert(1)) <img src=x onerror=alert(1)> after'],
    ['a javascript: link', 'Before [x](javascript:alert(1)) after'],
    ['a javascript: link in HTML', '<p>Before <a href=" &#106;ava\tscript:alert(1)">x</a> after</p>'],
    ['a data: link', '<p>Before <a href="data:text/html,alert(1)">x</a> after</p>'],
    ['a frame', '<p>Before</p><iframe src="javascript:alert(1)"></iframe><p>after</p>'],
    ['a drawing', '<p>Before</p><svg onload=alert(1)><p>after</p>'],
    ['a style', '<p style="background:url(javascript:alert(1))">Before after</p><style>*{}</style>'],
    ['a form', '<p>Before</p><form action="javascript:alert(1)"><input></form><p>after</p>'],
    ['a script within a script', '<p>Before</p><scr<script>ipt>alert(1)</scr</script>ipt><p>after</p>'],
  ])('removes %s, and keeps the words around it', (_, summary) => {
    const { html, text } = renderSummary(summary);
    expect(html).not.toMatch(
      /<(?!\/?(p|b|a|br|em|strong)\b)|<[^>]*\s(on\w+|style)=|href="(?!https?:|mailto:)/i,
    );
    expect(text).toMatch(/^Before[^]*after/);
    expect(text).not.toMatch(/<[a-z/]/i);
  });

  test('the text of any HTML has no tags', () => {
    const html = fc
      .array(
        fc.constantFrom(
          ...['<p>', '</p>', '<b>', '</b>', '<script>', '</script>', '<img src=x onerror=y>', '<ul><li>'],
          ...[
            '</li></ul>',
            '<a href="javascript:x">',
            '</a>',
            '<svg/onload=x>',
            '<style>',
            '</style>',
            'word ',
          ],
          ...['<table><tr><td>', '</td></tr></table>', '<textarea>', '</textarea>', '<!--', '-->', '"', "'"],
        ),
      )
      .map((parts) => `<div>${parts.join('')}`);
    fc.assert(
      fc.property(html, (summary) => {
        const rendered = renderSummary(summary);
        expect(rendered.text).not.toMatch(/<[a-z/!]/i);
        expect(rendered.html).not.toMatch(/<(script|svg|img|style|textarea)|<[^>]*\son\w+=|javascript:/i);
      }),
    );
  });

  test('never fails, whatever the text', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('# ', '- ', '\n', '> ', '|', '`', '**', '[', '](', '<', '&', '---\n', '\t', '1. '),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 200 }), (parts) => {
        expect(renderSummary(parts.join(''))).toEqual({
          text: expect.any(String) as string,
          html: expect.any(String) as string,
        });
      }),
    );
  });

  test.each([
    ['quotes', '>'.repeat(50_000)],
    ['lists', '<ul><li>'.repeat(10_000)],
  ])('leaves %s that lie in one another thousands of times as they are', (_, summary) => {
    expect(renderSummary(summary)).toEqual({ text: summary, html: '' });
  });
});
