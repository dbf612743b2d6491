// Makes wwwroot/assets from the npm packages: one stylesheet, one script, three font files.
// Run by the build after `npm ci`; nothing it writes is kept in the repository.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import subsetFont from 'subset-font'

const packages = new URL('node_modules/', import.meta.url)
const out = new URL('wwwroot/assets/', import.meta.url)
const read = (path) => readFileSync(new URL(path, packages))

rmSync(out, { recursive: true, force: true })
mkdirSync(new URL('fonts/', out), { recursive: true })

// A font's name carries its hash, so that a browser keeps it for a year.
function font(name, bytes) {
  const file = `${name}.${createHash('sha256').update(bytes).digest('hex').slice(0, 10)}.woff2`
  writeFileSync(new URL(`fonts/${file}`, out), bytes)
  return `url("fonts/${file}") format("woff2")`
}

const letters = font('atkinson', read('@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2'))
const moreLetters = font('atkinson-ext', read('@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2'))
const digits = font('digits', await subsetFont(read('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'), '0123456789', { targetFormat: 'woff2' }))

// Letters: Atkinson Hyperlegible Next. Digits: Inter, for its plain nought and even widths in columns of money.
// References and codes keep Atkinson's slashed nought, so that 0 and O cannot be mixed up when read aloud.
const face = (family, source, more = '') => `@font-face{font-family:"${family}";font-weight:200 800;font-display:swap;src:${source}${more}}\n`
const faces =
  face('AnyDoor Text', letters) +
  face('AnyDoor Text', moreLetters, ';unicode-range:U+0100-02BA,U+1E00-1E9F,U+20AC') +
  face('AnyDoor Text', digits, ';unicode-range:U+30-39;size-adjust:93%') +
  face('AnyDoor Code', letters)

// The design system's stylesheet without what only GOV.UK may use: its typeface and the royal crest.
const styles = read('govuk-frontend/dist/govuk/govuk-frontend.min.css').toString()
  .replace(/\/\*# sourceMappingURL=.*?\*\//g, '')
  .replace(/@font-face\{[^}]*GDS Transport[^}]*\}/g, '')
  .replace(/font-family:"?GDS Transport"?,arial,sans-serif/g, 'font-family:var(--any-font)')
  .replace(/background-image:url\([^)]*govuk-crest[^)]*\);?/g, '')
  .replace(/(?:-webkit-)?mask-image:url\([^)]*govuk-crest[^)]*\);?/g, '')
const left = /GDS Transport|govuk-crest|url\(\/assets/.exec(styles)
if (left) throw new Error(`govuk-frontend.min.css still has "${left[0]}" in it. Has the package changed? Mend build-assets.mjs.`)
writeFileSync(new URL('base.css', out), faces + styles)

writeFileSync(new URL('govuk-frontend.min.js', out),
  read('govuk-frontend/dist/govuk/govuk-frontend.min.js').toString().replace(/\/\/# sourceMappingURL=.*/, ''))
