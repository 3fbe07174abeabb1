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
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = 'yes';
  setTimeout(() => delete form.dataset.sent, 5000);
});

document.querySelector('[data-error-summary]')?.focus();

// Fields that hang on another answer show and hide as it changes; the server decides what counts.
for (const field of document.querySelectorAll('[data-when]')) {
  const [name, values] = field.dataset.when.split('=');
  const wanted = values.split('|');
  const check = () => {
    const chosen = [...document.querySelectorAll(`[name="${CSS.escape(name)}"]`)]
      .filter((one) => one.type !== 'radio' && one.type !== 'checkbox' ? true : one.checked)
      .map((one) => one.value);
    field.hidden = !chosen.some((value) => wanted.includes(value));
  };
  document.addEventListener('change', check);
  check();
}

if (window.matchMedia('(prefers-color-scheme: dark)').matches && document.documentElement.dataset.theme === 'auto') {
  document.documentElement.classList.add('qc-dark-theme');
}
