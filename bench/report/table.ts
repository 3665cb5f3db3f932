import type { ComparisonResult, SubjectResult } from '../comparison.js';
import { duration, markdownTable } from './markdown.js';

const columns: [string, (subject: SubjectResult, floor: SubjectResult) => string][] = [
  ['subject', ({ name }) => name],
  ['a second', ({ figures }) => figures.perSecond.toFixed(1)],
  ['× floor', ({ figures }, floor) => (figures.perSecond / floor.figures.perSecond).toFixed(2)],
  ['p50', ({ figures }) => duration(figures.p50)],
  ['p95', ({ figures }) => duration(figures.p95)],
  ['p99', ({ figures }) => duration(figures.p99)],
  ['carried alone, p50', ({ figures }) => duration(figures.aloneP50)],
  ['accepted alone, p50', ({ figures }) => duration(figures.acceptP50)],
  [
    'processor',
    ({ figures }) => duration(Object.values(figures.processorMs).reduce((sum, one) => sum + one, 0)),
  ],
  ['events', ({ history }) => String(history?.events ?? '')],
  ['history', ({ history }) => (history ? `${history.bytes} B` : '')],
  ['actions', ({ history }) => String(history?.actions ?? '')],
  ['statements', ({ figures }) => figures.transactions?.toFixed(1) ?? ''],
];

/** The figures of one engine as a table in Markdown. */
export function tableOf({ temporal, postgres, subjects }: ComparisonResult): string {
  const [floor] = subjects;
  if (floor === undefined) return '';
  const rows = [
    columns.map(([title]) => title),
    ...subjects.map((subject) => columns.map(([, cell]) => cell(subject, floor))),
  ];
  return [
    `Temporal ${temporal}, PostgreSQL ${postgres}`,
    '',
    markdownTable(rows),
    '',
    ...subjects.map(({ name, description }) => `- **${name}**: ${description}`),
    '',
    'Processor time of one delivery, in milliseconds:',
    '',
    ...subjects.map(
      ({ name, figures }) =>
        `- ${name}: ${Object.entries(figures.processorMs)
          .map(([process, time]) => `${process} ${time.toFixed(1)}`)
          .join(', ')}`,
    ),
  ].join('\n');
}
