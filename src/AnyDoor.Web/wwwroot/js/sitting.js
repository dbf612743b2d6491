// Answers are kept as they are typed, by the same form that the button sends. Without script the button does it.
const forms = [...document.querySelectorAll('form[data-any-keep]')]
const savedLine = document.querySelector('[data-any-saved]')
const offline = document.querySelector('[data-any-offline]')
const clashed = document.querySelector('[data-any-clashed]')
const pane = document.querySelector('[data-any-offer-pane]')
const say = document.querySelector('[data-any-say]')
const waiting = new Set()
const differ = new Map()
let since = null
let busy = Promise.resolve()

const now = () => new Date().toLocaleTimeString('en-GB', { hour: 'numeric', minute: '2-digit', hour12: true }).replace(' ', '')
const part = form => form.closest('details').querySelector('summary b').textContent

async function keep(form) {
  const sent = new FormData(form)
  waiting.delete(form)
  try {
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(sent), headers: { Accept: 'application/json' } })
    if (!answer.ok) throw new Error(String(answer.status))
    const told = await answer.json()
    // What now stands is what the next save compares with.
    for (const { key, id } of told.standing) {
      form.elements[`s.${key}`].value = id ?? ''
      form.elements[`o.${key}`].value = sent.getAll(`v.${key}`).map(v => v.trim()).filter(v => v).join(',')
    }
    // Somebody else answered the same. Theirs stands until a person chooses, and nobody is taken away from what they are typing.
    if (told.clashes > 0) differ.set(form, told.clashes)
    else differ.delete(form)
    showRefused(form, told.refused)
    if (told.saved > 0) {
      savedLine.textContent = `Last saved ${told.at}`
      await refresh()
    }
  } catch (error) {
    waiting.add(form)
    throw error
  }
}

// A value that cannot be kept says so beside its field, as the page itself does.
function showRefused(form, refused) {
  for (const old of form.querySelectorAll('[data-any-refused]')) {
    old.closest('.govuk-form-group')?.classList.remove('govuk-form-group--error')
    const input = form.querySelector(`[aria-describedby~="${CSS.escape(old.id)}"]`)
    const rest = input?.getAttribute('aria-describedby').split(' ').filter(id => id !== old.id).join(' ')
    if (rest) input.setAttribute('aria-describedby', rest)
    else input?.removeAttribute('aria-describedby')
    old.remove()
  }
  for (const { field, sentence } of refused) {
    const input = form.querySelector(`[name="v.${CSS.escape(field)}"]`)
    const group = input?.closest('.govuk-form-group')
    if (!group) continue
    const error = document.createElement('p')
    error.className = 'govuk-error-message'
    error.dataset.anyRefused = ''
    error.id = `${input.id}-refused`
    error.textContent = `${sentence} Not saved yet.`
    input.setAttribute('aria-describedby', [input.getAttribute('aria-describedby'), error.id].filter(id => id).join(' '))
    group.classList.add('govuk-form-group--error')
    const before = input.closest('.govuk-input__wrapper') ?? input.closest('.govuk-checkboxes') ?? input
    before.before(error)
    say.textContent = `${group.querySelector('label, legend')?.textContent.trim() ?? 'An answer'}: ${sentence} Not saved yet.`
  }
}

async function refresh() {
  const answer = await fetch(`${location.pathname}?handler=Offer`)
  if (!answer.ok) return
  // Whoever is writing why they said no is not interrupted: the offer comes up to date with the next save.
  if (pane.contains(document.activeElement) || [...pane.querySelectorAll('details.any-no[open] input[name=reason]')].some(e => e.value)) return
  const before = pane.querySelector('[data-any-offer]').dataset.anyOffer
  const open = [...pane.querySelectorAll('details[data-any-keep-open][open]')].map(e => e.dataset.anyKeepOpen)
  pane.innerHTML = await answer.text()
  for (const e of pane.querySelectorAll('details[data-any-keep-open]')) e.open = open.includes(e.dataset.anyKeepOpen)
  const after = pane.querySelector('[data-any-offer]').dataset.anyOffer
  if (after !== before) say.textContent = `Offer changed: ${after}`
}

function show() {
  offline.hidden = since === null
  if (since !== null) {
    offline.querySelector('strong').textContent = `Not saved since ${since}.`
    offline.querySelector('span').textContent = `What you typed is still here, in: ${[...waiting].map(part).join(', ')}. We keep trying; do not close this page.`
  }
  clashed.hidden = differ.size === 0
  if (differ.size > 0) {
    const count = [...differ.values()].reduce((a, b) => a + b, 0)
    clashed.querySelector('strong').textContent = `Somebody else changed ${count === 1 ? 'an answer' : `${count} answers`} while you were in it: ${[...differ.keys()].map(part).join(', ')}.`
  }
}

function flush() {
  busy = busy.then(async () => {
    let failed = false
    for (const form of [...waiting]) {
      try { await keep(form) } catch { failed = true }
    }
    if (failed) since ??= now()
    else since = null
    show()
  })
  return busy
}

for (const form of forms) {
  form.addEventListener('change', () => { waiting.add(form); flush() })
  form.addEventListener('input', () => { waiting.add(form) })
  form.addEventListener('submit', event => {
    // The other parts first: a page that goes takes along what was typed in them.
    const others = [...waiting].filter(f => f !== form)
    if (others.length === 0) { waiting.clear(); since = null; return }
    event.preventDefault()
    flush().then(() => { if (since === null) { waiting.clear(); form.submit() } })
  })
}
offline.querySelector('[data-any-retry]').addEventListener('click', flush)
offline.querySelector('[data-any-copy]').addEventListener('click', () => {
  const typed = [...waiting].flatMap(f => [...f.querySelectorAll('input:not([type=hidden]), textarea, select')])
    .filter(e => (e.type === 'checkbox' || e.type === 'radio' ? e.checked : e.value)).map(e => `${e.labels?.[0]?.textContent.trim()}: ${e.type === 'checkbox' || e.type === 'radio' ? 'yes' : e.value}`)
  navigator.clipboard?.writeText(typed.join('\n'))
})
clashed.querySelector('[data-any-choose]').addEventListener('click', async () => {
  await flush()
  // The page that shows both values, for each answer that differs.
  const [form] = differ.keys()
  if (form && since === null) { waiting.clear(); form.submit() }
})
setInterval(() => { if (waiting.size > 0) flush() }, 5000)
window.addEventListener('online', flush)
window.addEventListener('beforeunload', event => { if (since !== null) event.preventDefault() })
