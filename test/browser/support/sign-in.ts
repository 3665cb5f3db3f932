import type { Page } from 'playwright-core';

/** Signs a member of staff in, and lands on the operators' view. */
export async function signIn(page: Page, url: string, token: string): Promise<void> {
  await page.goto(`${url}/operators`);
  await page.getByLabel('Token').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Parked, by trouble' }).waitFor();
}
