// Build what browsers load: our own CSS and JavaScript, the design system's CSS and fonts, the diagram viewer.
// Usage: node build.mjs OUTPUT_FOLDER
import { build } from 'esbuild';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
if (!out) throw new Error('usage: node build.mjs OUTPUT_FOLDER');

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: { theme: 'src/theme.js', inbox: 'src/inbox.js', diagram: 'src/diagram.js', parcours: 'src/parcours.css', viewer: 'src/viewer.css' },
  bundle: true,
  format: 'esm',
  minify: true,
  metafile: true,
  target: ['es2022'],
  loader: { '.woff2': 'file', '.woff': 'empty', '.ttf': 'empty', '.eot': 'empty', '.svg': 'empty' },
  assetNames: 'fonts/[name]',
  outdir: out,
  logLevel: 'warning',
});

const packages = new Map();
for (const input of Object.keys(metafile.inputs)) {
  const found = input.match(/^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)/);
  if (found) packages.set(found[1], join(here, 'node_modules', found[1]));
}

const notices = [];
for (const [name, folder] of [...packages].sort()) {
  const about = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|copyright)/i.test(file));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  notices.push(`${name} ${about.version} (${about.license ?? 'see below'})\n\n${texts.join('\n').trim()}\n`);
}
await writeFile(join(out, 'LICENCES-TIERCES.txt'), notices.join(`\n${'-'.repeat(78)}\n\n`));
