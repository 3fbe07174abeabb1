// The diagram of a case, with what is done and where it stands now. The same is told in words on « Étapes ».
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';

const READABLE = 0.7;
const host = document.querySelector('[data-diagram]');

async function show(place) {
  const state = JSON.parse(document.getElementById('diagram-state').textContent);
  const answer = await fetch(place.dataset.diagram, { credentials: 'same-origin' });
  if (!answer.ok) throw new Error(`diagram: ${answer.status}`);
  const viewer = new NavigatedViewer({ container: place });
  await viewer.importXML(await answer.text());
  const canvas = viewer.get('canvas');
  const overlays = viewer.get('overlays');
  const registry = viewer.get('elementRegistry');
  for (const [kind, steps] of Object.entries(state)) {
    for (const [step, count] of Object.entries(steps)) {
      if (!registry.get(step)) continue;
      canvas.addMarker(step, `pc-${kind}`);
      if (kind !== 'now') continue;
      const badge = document.createElement('span');
      badge.className = 'pc-token';
      badge.textContent = String(count);
      overlays.add(step, { position: { top: -12, right: 12 }, html: badge });
    }
  }
  canvas.zoom('fit-viewport', 'auto');
  const touched = [...Object.keys(state.now ?? {}), ...Object.keys(state.done ?? {}).reverse()];
  const now = touched.map((step) => registry.get(step)).find(Boolean);
  if (now && canvas.zoom() < READABLE) frame(canvas, now);
}

// Where the case stands, or where it ended, in the middle, at a size that can be read, without showing what lies outside the drawing.
function frame(canvas, element) {
  const { inner, outer } = canvas.viewbox();
  const width = outer.width / READABLE;
  const height = outer.height / READABLE;
  const within = (middle, size, from, all) =>
    size >= all ? from - (size - all) / 2 : Math.min(Math.max(middle - size / 2, from), from + all - size);
  canvas.viewbox({
    x: within(element.x + element.width / 2, width, inner.x, inner.width),
    y: within(element.y + element.height / 2, height, inner.y, inner.height),
    width,
    height,
  });
}

if (host) show(host).catch(() => {
  host.hidden = true;
  document.querySelector('.pc-diagram-sorry').hidden = false;
});
