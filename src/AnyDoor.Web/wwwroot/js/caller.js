// Looks while a caller is typed in. Without script the button does it. What was typed goes by post and is in no address.
const form = document.querySelector('form[data-any-caller]')
const pane = document.querySelector('[data-any-matches]')
const say = document.querySelector('[data-any-matches-say]')
const looked = ['Name', 'PostcodeText', 'Number', 'Born.Day', 'Born.Month', 'Born.Year']
let timer = null
let going = null
let last = null

const typed = () => looked.map(name => form.elements[name]?.value.trim() ?? '').join('|')

async function look() {
  const now = typed()
  if (now === last) return
  last = now
  going?.abort()
  going = new AbortController()
  try {
    const answer = await fetch(`${location.pathname}${form.dataset.anyCaller}`, { method: 'POST', body: new URLSearchParams(new FormData(form)), signal: going.signal })
    if (!answer.ok) return
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-any-found]')
    const shown = pane.querySelector('[data-any-found]')
    if (fresh.dataset.anyFound === shown.dataset.anyFound && fresh.dataset.anyCount === shown.dataset.anyCount) return
    // Whoever is writing how they know somebody is not interrupted.
    if (pane.contains(document.activeElement)) { last = null; return }
    pane.replaceChildren(fresh)
    const count = Number(fresh.dataset.anyCount)
    say.textContent = count < 0 ? '' : count === 0 ? 'Nobody known by that' : count === 1 ? '1 person may be who is calling' : `${count} people may be who is calling`
  } catch (error) {
    // The button still looks; what was typed stays.
    if (error.name !== 'AbortError') last = null
  }
}

form.addEventListener('input', event => {
  if (!looked.includes(event.target.name)) return
  clearTimeout(timer)
  timer = setTimeout(look, 450)
})
