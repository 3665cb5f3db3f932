// Small helpers of the pages, beside htmx. Everything works on what the server has written.

/** Opens the dialog that a button names. */
document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('[data-opens]') : null;
  const dialog = document.getElementById(button?.getAttribute('data-opens') ?? '');
  if (dialog instanceof HTMLDialogElement) dialog.showModal();
});
