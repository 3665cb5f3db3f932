import type { PageContext } from '../page-context.js';
import { Icon } from './icon.js';
import { Layout } from './layout.js';

interface ProblemProps {
  title: string;
  detail: string;
}

/** A page that tells why there is nothing else to see. */
export function ProblemPage({ page, ...words }: ProblemProps & { page: PageContext }): JSX.Element {
  return (
    <Layout page={page} title={words.title}>
      <ProblemContent {...words} />
    </Layout>
  );
}

export function ProblemContent({ title, detail }: ProblemProps): JSX.Element {
  return (
    <section class="card problem">
      <Icon name="info" />
      <h1 safe>{title}</h1>
      <p safe>{detail}</p>
    </section>
  );
}
