// Answers are kept as they are typed, by the same form that the button sends. Without script the button does it.
const forms = [...document.querySelectorAll('form[data-any-keep]')]
const savedLine = document.querySelector('[data-any-saved]')
const offline = document.querySelector('[data-any-offline]')
const pane = document.querySelector('[data-any-offer-pane]')
const say = document.querySelector('[data-any-say]')
const waiting = new Set()
let since = null
let busy = Promise.resolve()

const now = () => new Date().toLocaleTimeString('en-GB', { hour: 'numeric', minute: '2-digit', hour12: true }).replace(' ', '')

async function keep(form) {
  const sent = new FormData(form)
  const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(sent), headers: { Accept: 'application/json' } })
  if (!answer.ok) throw new Error(String(answer.status))
  const told = await answer.json()
  if (told.clashes > 0) { form.requestSubmit(); return }
  // What now stands is what the next save compares with.
  for (const { key, id } of told.standing) {
    form.elements[`s.${key}`].value = id ?? ''
    form.elements[`o.${key}`].value = sent.getAll(`v.${key}`).map(v => v.trim()).filter(v => v).join(',')
  }
  waiting.delete(form)
  if (told.saved > 0) {
    savedLine.textContent = `Last saved ${told.at}`
    await refresh()
  }
}

async function refresh() {
  const before = pane.querySelector('[data-any-offer]').dataset.anyOffer
  const answer = await fetch(`${location.pathname}?handler=Offer`)
  if (!answer.ok) return
  pane.innerHTML = await answer.text()
  const after = pane.querySelector('[data-any-offer]').dataset.anyOffer
  if (after !== before) say.textContent = `Offer changed: ${after}`
}

function flush() {
  busy = busy.then(async () => {
    for (const form of [...waiting]) {
      try { await keep(form) } catch { since ??= now() }
    }
    if (waiting.size === 0) since = null
    offline.hidden = since === null
    if (since !== null) {
      const names = [...waiting].map(f => f.closest('details').querySelector('summary b').textContent)
      offline.querySelector('strong').textContent = `Not saved since ${since}.`
      offline.querySelector('span').textContent = `What you typed is still here, in: ${names.join(', ')}. We keep trying; do not close this page.`
    }
  })
  return busy
}

for (const form of forms) {
  form.addEventListener('change', () => { waiting.add(form); flush() })
  form.addEventListener('input', () => { waiting.add(form) })
  form.addEventListener('submit', () => { waiting.clear() })
}
offline.querySelector('[data-any-retry]').addEventListener('click', flush)
offline.querySelector('[data-any-copy]').addEventListener('click', () => {
  const typed = [...waiting].flatMap(f => [...f.querySelectorAll('input:not([type=hidden]), textarea, select')]).filter(e => e.value).map(e => `${e.labels?.[0]?.textContent.trim()}: ${e.value}`)
  navigator.clipboard?.writeText(typed.join('\n'))
})
setInterval(() => { if (waiting.size > 0) flush() }, 5000)
window.addEventListener('online', flush)
window.addEventListener('beforeunload', e => { if (since !== null) e.preventDefault() })
