// The diagram of a case, with what is done and where it stands now. The same is told in words on « Étapes ».
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';

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
  const now = Object.keys(state.now ?? {}).map((step) => registry.get(step)).find(Boolean);
  if (now && canvas.zoom() < 0.6) {
    canvas.zoom(0.8, { x: now.x + now.width / 2, y: now.y + now.height / 2 });
    canvas.scrollToElement(now, 120);
  }
}

if (host) show(host).catch(() => {
  host.hidden = true;
  document.querySelector('.pc-diagram-sorry').hidden = false;
});
