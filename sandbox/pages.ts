/** HTML pages as SuperOffice shows them to people; a program that gets one has not reached the script. */
function page(title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title></head>
<body>${body}</body>
</html>
`;
}

/** For a wrong key, an unknown include name and a blocked verb: what SuperOffice answers is not documented. */
export const loginPage = page(
  'Customer center - log in',
  '<h1>Log in</h1><form method="post"><input name="username"><input name="password" type="password"></form>',
);

export const customerCentrePage = page(
  'Customer center',
  '<h1>Welcome to our customer center</h1><p>Search the FAQ or send us a request.</p>',
);

export const maintenancePage = page(
  'SuperOffice is being maintained',
  '<h1>Down for maintenance</h1><p>SuperOffice CRM Online is being maintained and is back shortly.</p>',
);

export const scriptFailedPage = page('Error', '<h1>The script failed</h1>');

export const notFoundPage = page('404 - not found', '<h1>404</h1><p>The resource cannot be found.</p>');

export const methodNotAllowedPage = page(
  '405',
  '<h1>405</h1><p>The verb is not allowed for this script.</p>',
);

/** A page of a proxy on the way, for a status that has no better one. */
export function statusPage(status: number): string {
  return page(`HTTP ${status}`, `<h1>${status}</h1>`);
}
