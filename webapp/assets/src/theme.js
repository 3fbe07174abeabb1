// Before the page is drawn: the device's own theme, for readers who chose none.
const root = document.documentElement;
const dark = window.matchMedia('(prefers-color-scheme: dark)');
const follow = () => root.classList.toggle('qc-dark-theme', dark.matches);
if (root.dataset.theme === 'auto') {
  follow();
  dark.addEventListener('change', follow);
}
