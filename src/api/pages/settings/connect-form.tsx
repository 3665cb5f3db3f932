import { DEFAULT_INCLUDE_ID, DEFAULT_TIME_ZONE } from '../../../domain/connection.js';
import { ActionForm } from '../components/action-form.js';
import { Alert } from '../components/alert.js';
import { Field } from '../components/field.js';
import type { FormEntries } from './connect-form-entries.js';
import { settingsPath } from './paths.js';
import type { ConnectionView } from './view.js';

/** Where an admin enters what SuperOffice needs; the key is never written into it. */
export function ConnectForm(view: ConnectionView): JSX.Element {
  const { page, session, connection, superOfficeDomain, entries, problems = {} } = view;
  const { form: words, fieldProblems } = page.messages.settings;
  const shown: FormEntries = entries ?? connection ?? { ...EMPTY };
  const problemOf = (field: keyof typeof problems) => {
    const problem = problems[field];
    return problem && fieldProblems[problem];
  };
  const [firstProblem] = fields.filter((field) => problems[field] !== undefined);
  const action = settingsPath(session.tenantId, '/connection');
  return (
    <ActionForm action={action} target="#connection" csrfToken={session.csrfToken} class="stack">
      {firstProblem !== undefined && <Alert tone="bad" title={words.problems} />}
      <p class="muted" safe>
        {words.intro}
      </p>
      <div class="fields">
        <Field
          name="domainPrefix"
          label={words.domainPrefix}
          hint={words.domainPrefixHint}
          problem={problemOf('domainPrefix')}
          isFocused={firstProblem === 'domainPrefix'}
          input={{ value: shown.domainPrefix, required: true, 'data-domain': superOfficeDomain }}
        />
        <Field
          name="customerInstance"
          label={words.customerInstance}
          hint={words.customerInstanceHint}
          problem={problemOf('customerInstance')}
          isFocused={firstProblem === 'customerInstance'}
          input={{ value: shown.customerInstance }}
        />
        <Field
          name="token"
          label={words.token}
          hint={words.tokenHint}
          problem={problemOf('token')}
          isFocused={firstProblem === 'token'}
          isWide
          input={{
            type: 'password',
            autocomplete: 'new-password',
            ...(!problems.token && { 'hx-preserve': 'true' }),
          }}
        />
      </div>
      <details class="more" open={moreFields.some((field) => problems[field] !== undefined)}>
        <summary safe>{words.more}</summary>
        <div class="fields">
          <Field
            name="includeId"
            label={words.includeId}
            hint={words.includeIdHint}
            problem={problemOf('includeId')}
            isFocused={firstProblem === 'includeId'}
            input={{ value: shown.includeId, placeholder: DEFAULT_INCLUDE_ID }}
          />
          <Field
            name="timeZone"
            label={words.timeZone}
            hint={words.timeZoneHint}
            problem={problemOf('timeZone')}
            isFocused={firstProblem === 'timeZone'}
            input={{ value: shown.timeZone, placeholder: DEFAULT_TIME_ZONE }}
          />
          <Field
            name="signingSecret"
            label={words.signingSecret}
            hint={words.signingSecretHint}
            problem={problemOf('signingSecret')}
            isFocused={firstProblem === 'signingSecret'}
            isWide
            input={{ type: 'password', autocomplete: 'new-password' }}
          />
        </div>
      </details>
      <div class="actions">
        <button class="button button-primary" type="submit" safe>
          {words.connect}
        </button>
        {connection !== undefined && (
          <a
            class="button"
            href={settingsPath(session.tenantId)}
            hx-get={action}
            hx-target="#connection"
            hx-swap="outerHTML"
            safe
          >
            {words.cancel}
          </a>
        )}
      </div>
    </ActionForm>
  );
}

const EMPTY: FormEntries = { domainPrefix: '', customerInstance: '', includeId: '', timeZone: '' };

/** In the order in which they are shown. */
const moreFields = ['includeId', 'timeZone', 'signingSecret'] as const;
const fields = ['domainPrefix', 'customerInstance', 'token', ...moreFields] as const;
