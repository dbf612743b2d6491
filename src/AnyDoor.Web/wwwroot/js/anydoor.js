// Script is a comfort: every page is whole without it. Nothing here hides what is there without it, or moves the focus unasked.
import {
  Button, CharacterCount, Checkboxes, ErrorSummary, ExitThisPage, NotificationBanner, Radios, SkipLink, createAll, isSupported
} from '../assets/govuk-frontend.min.js'

document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) document.body.classList.add('govuk-frontend-supported')

// GOV.UK's radios say aria-expanded, which a radio may not have (ARIA 1.2). What a radio opens comes right after it, and is read next.
class PlainRadios extends Radios {
  syncConditionalRevealWithInputState(input) {
    super.syncConditionalRevealWithInputState(input)
    input.removeAttribute('aria-expanded')
  }
}

if (isSupported()) {
  for (const Component of [Button, CharacterCount, Checkboxes, ErrorSummary, ExitThisPage, NotificationBanner, PlainRadios, SkipLink]) {
    createAll(Component)
  }
}

// <button type="button" data-any-print hidden>Print this page</button>
for (const button of document.querySelectorAll('[data-any-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}

// <button type="button" data-any-here="FIELD" data-any-here-no="ID" hidden>Use where I am</button>: only when it is pressed does the browser ask, and what it says goes into the field, to some 100 metres.
for (const button of document.querySelectorAll('[data-any-here]')) {
  const field = document.getElementById(button.dataset.anyHere)
  const no = document.getElementById(button.dataset.anyHereNo)
  if (!navigator.geolocation || !window.isSecureContext || !field || !no) continue
  button.hidden = false
  button.addEventListener('click', () => {
    no.hidden = true
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => { field.value = `${coords.latitude.toFixed(3)}, ${coords.longitude.toFixed(3)}` },
      () => { no.hidden = false },
      { maximumAge: 600000, timeout: 15000 })
  })
}
