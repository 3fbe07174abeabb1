// Every page: small comforts over plain HTML. Nothing here is needed to do the work.
import 'htmx.org';

const rows = () => [...document.querySelectorAll('[data-row]')];
let at = -1;

function move(step) {
  const all = rows();
  if (!all.length) return;
  at = Math.max(0, Math.min(all.length - 1, at + step));
  all[at].querySelector('a, button')?.focus();
}

const keys = {
  j: () => move(1),
  k: () => move(-1),
  c: () => rows()[at]?.querySelector('[data-claim]')?.click(),
  '?': () => document.getElementById('keys')?.showModal?.(),
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest('input, textarea, select, [contenteditable]')) return;
  const act = rows().length || event.key === '?' ? keys[event.key] : undefined;
  if (act) {
    event.preventDefault();
    act();
  }
});

// A form is sent once: a second click while the first is on its way does nothing.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post') return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = 'yes';
  setTimeout(() => delete form.dataset.sent, 5000);
});
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
});

document.querySelector('[data-error-summary]')?.focus();

// What hangs on another answer (decision=SIGNER|REFUSER, decision!=RETOURNER) shows and hides as it changes; the
// server decides what counts.
function holds(condition) {
  const [name, values] = condition.split(/!?=/);
  const chosen = [...document.getElementsByName(name)]
    .filter((one) => !['radio', 'checkbox'].includes(one.type) || one.checked)
    .map((one) => one.value);
  return chosen.some((value) => values.split('|').includes(value)) !== condition.includes('!=');
}
function watch() {
  for (const one of document.querySelectorAll('[data-when]')) one.hidden = !holds(one.dataset.when);
}
document.addEventListener('change', watch);
watch();

// A menu closes with Escape, or when the reader goes elsewhere.
document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('.pc-menu[open]')) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener('keydown', (event) => {
  const menu = event.key === 'Escape' ? document.querySelector('.pc-menu[open]') : null;
  if (!menu) return;
  menu.open = false;
  menu.querySelector('summary').focus();
});
