/** The page with what a run makes put between `<!-- generated: name -->` and `<!-- end -->`. */
export function withGenerated(page: string, parts: Record<string, string>): string {
  return Object.entries(parts).reduce((text, [name, part]) => {
    const begin = `<!-- generated: ${name} -->\n`;
    const start = text.indexOf(begin);
    const end = text.indexOf('<!-- end -->', start);
    if (start < 0 || end < 0) throw new Error(`The page has no place for "${name}".`);
    return `${text.slice(0, start)}${begin}\n${part}\n\n${text.slice(end)}`;
  }, page);
}

/** A picture in Mermaid's words. */
export function mermaid(lines: readonly string[]): string {
  return ['```mermaid', ...lines, '```'].join('\n');
}
