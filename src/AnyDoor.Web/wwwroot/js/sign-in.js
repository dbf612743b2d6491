// Passkeys need script. A form says data-any-passkey="sign-in" or "make", and data-options: where the browser's options come from.
const form = document.querySelector('form[data-any-passkey]')
const button = form?.querySelector('#passkey')
const says = form?.querySelector('[data-any-passkey-says]')
const can = window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON && PublicKeyCredential.parseCreationOptionsFromJSON

function say(text) {
  says.textContent = text
  says.hidden = !text
}

async function use(event) {
  if (event.submitter?.hasAttribute('data-any-plain')) return
  if (form.elements.Credential.value) return
  event.preventDefault()
  say('')
  button.disabled = true
  try {
    const answer = await fetch(form.dataset.options, { method: 'POST', body: new URLSearchParams(new FormData(form)) })
    if (!answer.ok || !answer.headers.get('content-type')?.includes('json')) throw new Error('options')
    const options = await answer.json()
    const made = form.dataset.anyPasskey === 'make'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
    form.elements.Credential.value = JSON.stringify(made.toJSON())
    form.submit()
  } catch (error) {
    say(error.name === 'NotAllowedError' ? 'That was stopped, or took too long. Try again.' : error.name === 'InvalidStateError' ? 'This device has a passkey for you here already.' : 'That did not work on this device. Try another way.')
  } finally {
    button.disabled = false
  }
}

if (form && can) {
  button.hidden = false
  form.addEventListener('submit', use)
} else if (form) {
  say('This browser cannot use passkeys. Use another way.')
}
