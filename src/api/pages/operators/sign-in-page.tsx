import { Layout } from '../components/layout.js';
import type { PageContext } from '../page-context.js';
import { operatorsPath, SIGN_IN_ROUTE } from './paths.js';

/** Where members of staff show their token. */
export function SignInPage({ page, error }: { page: PageContext; error?: string }): JSX.Element {
  return (
    <Layout page={page} title="Operations" isTranslated={false}>
      <section class="card sign-in">
        <h1>Operations</h1>
        <p class="lead">Sign in with your token of the API: one of those in API_TOKENS.</p>
        <form class="stack" method="post" action={operatorsPath(SIGN_IN_ROUTE)}>
          <div class="field">
            <label for="token">Token</label>
            <input
              id="token"
              name="token"
              type="password"
              autocomplete="current-password"
              required
              autofocus
              aria-invalid={error !== undefined ? 'true' : undefined}
              aria-describedby={error !== undefined ? 'token-error' : undefined}
            />
            {error !== undefined && (
              <p class="field-error" id="token-error" role="alert" safe>
                {error}
              </p>
            )}
          </div>
          <button class="button button-primary" type="submit">
            Sign in
          </button>
        </form>
      </section>
    </Layout>
  );
}
