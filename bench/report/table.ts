import type { ComparisonResult, SubjectResult } from '../comparison.js';
import { duration, markdownTable, percent } from './markdown.js';
import { ratioOf, ratioWords } from './ratio.js';

type Cell = (subject: SubjectResult) => string;

function timesFloor(floor: SubjectResult): [string, Cell] {
  const ratio = (subject: SubjectResult) =>
    ratioOf(subject, floor, (round, other) => round.perSecond / other.perSecond);
  return ['× floor (min–max)', (subject) => ratioWords(ratio(subject))];
}

function columnsOf(inFlight: number, floor: SubjectResult | undefined): [string, Cell][] {
  return [
    ['subject', ({ name }) => name],
    ['a second', ({ figures }) => figures.perSecond.toFixed(1)],
    ...(floor ? [timesFloor(floor)] : []),
    ['accepted alone, p50', ({ figures }) => duration(figures.aloneAcceptP50)],
    ['from there to the record, p50', ({ figures }) => duration(figures.aloneCarryP50)],
    [
      `${inFlight} at once: hand-over to record, p50 / p95`,
      ({ figures }) => `${seconds(figures.arriveP50)} / ${seconds(figures.arriveP95)} s`,
    ],
    ['accepted at once, p50', ({ figures }) => duration(figures.acceptP50)],
    ['cores busy', ({ figures }) => percent(figures.load.busy)],
    ['processor time', ({ figures }) => duration(sumOf(figures.processorMs))],
    ['events', ({ history }) => String(history?.events ?? '')],
    ['history', ({ history }) => (history ? `${history.bytes} B` : '')],
    ['actions', ({ history }) => String(history?.actions ?? '')],
    ['statements', ({ statements }) => statements?.toFixed(1) ?? ''],
  ];
}

/** The figures of one engine as a table in Markdown, as it stands in the documentation, and what it leaves out. */
export function tableOf({ temporal, postgres, subjects }: ComparisonResult, inFlight: number): string {
  const columns = columnsOf(
    inFlight,
    subjects.find(({ name }) => name === 'floor'),
  );
  return [
    `Temporal ${temporal}, PostgreSQL ${postgres}`,
    '',
    markdownTable([
      columns.map(([title]) => title),
      ...subjects.map((subject) => columns.map(([, cell]) => cell(subject))),
    ]),
    '',
    ...subjects.map(({ name, description }) => `- **${name}**: ${description}`),
    '',
    'Processor time of one delivery, in milliseconds, and the share of the cores that others took meanwhile:',
    '',
    ...subjects.map(
      ({ name, figures }) =>
        `- ${name}: ${Object.entries(figures.processorMs)
          .map(([process, time]) => `${process} ${time.toFixed(1)}`)
          .join(', ')}; others ${percent(figures.load.others)}`,
    ),
  ].join('\n');
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1_000).toFixed(2);
}

function sumOf(figures: Readonly<Record<string, number>>): number {
  return Object.values(figures).reduce((sum, one) => sum + one, 0);
}
