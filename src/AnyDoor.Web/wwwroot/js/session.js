// Says five minutes before that the visit ends, and lets it go on. Without script, what is sent too late is kept by the server.
const bar = document.querySelector('[data-any-session]')
const warnAt = 5 * 60
let ends = Date.now() + Number(bar.dataset.anySession) * 1000

const minutes = () => Math.max(0, Math.ceil((ends - Date.now()) / 60000))

function look() {
  const left = (ends - Date.now()) / 1000
  if (left > warnAt) { bar.hidden = true; return }
  const words = left <= 0 ? 'You are signed out. What you wrote is still here: press its button, sign in, and it is sent then.' : `You are signed out in ${minutes()} ${minutes() === 1 ? 'minute' : 'minutes'}, because nothing was sent for a while.`
  const says = bar.querySelector('p')
  if (says.textContent !== words) says.textContent = words
  bar.querySelector('button').hidden = left <= 0
  bar.hidden = false
}

bar.querySelector('form').addEventListener('submit', async event => {
  event.preventDefault()
  try {
    const answer = await fetch('/staff/here', { method: 'POST', body: new URLSearchParams(new FormData(event.target)) })
    if (!answer.ok || answer.redirected) throw new Error()
    ends = Date.now() + (await answer.json()).seconds * 1000
  } catch {
    ends = Math.min(ends, Date.now())
  }
  look()
})

setInterval(look, 15000)
look()
