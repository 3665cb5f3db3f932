// What the page does in the browser beside htmx. It works on what the server has written, and keeps nothing.

/** A button opens the dialog that it names. */
document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('[data-opens]') : null;
  const dialog = document.getElementById(button?.getAttribute('data-opens') ?? '');
  if (dialog instanceof HTMLDialogElement) dialog.showModal();
});

/** What changed at a person's request takes the focus, which would be lost with what it replaced. */
document.addEventListener('htmx:afterSettle', (event) => {
  const changed = event.target instanceof Element ? event.target : document;
  const next = changed.querySelector('[data-focus]');
  if (next instanceof HTMLElement) next.focus();
});

/** An alert of an earlier request does not outlive the next one that somebody makes. */
document.addEventListener('htmx:beforeRequest', (event) => {
  if (event.target instanceof HTMLFormElement) document.getElementById('alerts')?.replaceChildren();
});

/**
 * An error that is not of the service (a proxy answers while that is restarted) takes no part of the page's place, and
 * what asks for news goes on asking.
 */
document.addEventListener('htmx:beforeSwap', (event) => {
  if (!(event instanceof CustomEvent)) return;
  /** @type {{ xhr: XMLHttpRequest, shouldSwap: boolean }} */
  const swap = event.detail;
  if (swap.xhr.status < 500 || swap.xhr.getResponseHeader('HX-Retarget') !== null) return;
  swap.shouldSwap = false;
  tellNoAnswer(event);
});
document.addEventListener('htmx:sendError', tellNoAnswer);

/**
 * Only to somebody who asked for a change.
 * @param {Event} event
 */
function tellNoAnswer(event) {
  if (!(event instanceof CustomEvent)) return;
  const template = document.getElementById('no-answer');
  if (!(event.detail.requestConfig?.elt instanceof HTMLFormElement)) return;
  if (!(template instanceof HTMLTemplateElement)) return;
  document.getElementById('alerts')?.replaceChildren(template.content.cloneNode(true));
}

/** An address that is pasted as the domain prefix fills the fields; the server understands it as well. */
document.addEventListener('input', (event) => {
  if (event instanceof InputEvent && event.inputType === 'insertFromPaste') split(event.target);
});
document.addEventListener('change', ({ target }) => split(target));

/** @param {EventTarget | null} target */
function split(target) {
  if (!(target instanceof HTMLInputElement) || target.id !== 'domainPrefix') return;
  const address = addressIn(target.value, target.dataset.domain ?? '');
  if (!address) return;
  target.value = address.domainPrefix;
  fill('customerInstance', address.customerInstance);
  fill('includeId', address.includeId);
  fill('token', address.token);
}

/**
 * The parts of an address of SuperOffice; undefined for anything else.
 * @param {string} text
 * @param {string} domain
 */
function addressIn(text, domain) {
  const trimmed = text.trim();
  if (!/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed)) return undefined;
  const { host, pathname, searchParams } = new URL(trimmed);
  const [domainPrefix = ''] = host.split('.');
  if (host !== `${domainPrefix}.${domain}`) return undefined;
  return {
    domainPrefix,
    customerInstance: /^\/(cust\d+)/i.exec(pathname)?.[1],
    includeId: searchParams.get('includeId'),
    token: searchParams.get('key'),
  };
}

/**
 * Only into the property: the token is never written into the page.
 * @param {string} id
 * @param {string | null | undefined} value
 */
function fill(id, value) {
  const input = document.getElementById(id);
  if (input instanceof HTMLInputElement && value) input.value = value;
}
