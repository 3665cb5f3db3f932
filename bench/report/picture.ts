import type { ComparisonResult } from '../comparison.js';

const WIDTH = 760;
const NAME_WIDTH = 222;
const BAR_HEIGHT = 18;
const ROW = 26;
const CHART_GAP = 34;
const MARGIN = 16;

/** Throughput and latency of all subjects as bars: one SVG for light and dark pages. */
export function pictureOf(results: readonly ComparisonResult[]): string {
  const charts = results.flatMap(({ temporal, subjects }) => [
    {
      title: `Deliveries a second, Temporal ${temporal} (more is better)`,
      bars: subjects.map(({ name, figures }) => ({ name, value: figures.perSecond, unit: '/s' })),
    },
    {
      title: `One at a time: from acceptance to SuperOffice’s answer, p50 (less is better)`,
      bars: subjects.map(({ name, figures }) => ({ name, value: figures.aloneCarryP50, unit: ' ms' })),
    },
  ]);
  let top = MARGIN;
  const parts = charts.map(({ title, bars }) => {
    const longest = Math.max(...bars.map(({ value }) => value));
    const head = text(MARGIN, top + 14, title, 'title');
    top += CHART_GAP;
    const rows = bars.map(({ name, value, unit }) => {
      const length = Math.max(2, (value / longest) * (WIDTH - NAME_WIDTH - 110));
      const y = top;
      top += ROW;
      return [
        text(MARGIN, y + 14, name),
        `<rect class="${colourOf(name)}" x="${NAME_WIDTH}" y="${y}" width="${length.toFixed(1)}" height="${BAR_HEIGHT}" rx="3"/>`,
        text(NAME_WIDTH + length + 8, y + 14, `${value.toFixed(value < 100 ? 1 : 0)}${unit}`),
      ].join('');
    });
    top += MARGIN;
    return [head, ...rows].join('\n');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" role="img" aria-label="Throughput and latency">
<style>
text{font:13px system-ui,sans-serif;fill:#1f2933}.title{font-weight:600}
.floor{fill:#9aa5b1}.ours{fill:#0b6bcb}.other{fill:#c9a227}
@media(prefers-color-scheme:dark){text{fill:#e4e7eb}.floor{fill:#7b8794}.ours{fill:#4098f7}.other{fill:#d9b84a}}
</style>
${parts.join('\n')}
</svg>
`;
}

/** Each path of the service has its colour, whatever else the name says of it. */
function colourOf(name: string): string {
  if (name.startsWith('floor')) return 'floor';
  return / path\b/.test(name) ? 'ours' : 'other';
}

function text(x: number, y: number, content: string, className?: string): string {
  const escaped = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x.toFixed(1)}" y="${y}"${className === undefined ? '' : ` class="${className}"`}>${escaped}</text>`;
}
