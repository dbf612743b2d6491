// Looks closer at a map, moves over it, and says what was pressed. The whole map and its table are there without it.
const most = 8
const ways = [['Look closer', '+'], ['Look from further away', '−'], ['Move left', '←'], ['Move right', '→'], ['Move up', '↑'], ['Move down', '↓']]

for (const map of document.querySelectorAll('svg.any-map')) {
  const [, , wide, high] = map.getAttribute('viewBox').split(' ').map(Number)
  let [closer, x, y] = [1, 0, 0]
  const bar = document.createElement('div')
  bar.className = 'any-zoom any-noprint'
  bar.setAttribute('role', 'group')
  bar.setAttribute('aria-label', 'Look closer at the map')
  const buttons = [...ways, [null, 'Whole map']].map(([label, words]) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = words
    if (label) button.setAttribute('aria-label', label)
    bar.append(button)
    return button
  })
  const says = document.createElement('p')
  says.className = 'any-zoom__says'
  says.setAttribute('aria-live', 'polite')
  says.textContent = 'Press an area to read its name.'
  map.before(bar)
  map.after(says)

  const within = (value, limit) => Math.min(Math.max(value, 0), limit)
  function show() {
    x = within(x, wide - wide / closer)
    y = within(y, high - high / closer)
    map.setAttribute('viewBox', `${x} ${y} ${wide / closer} ${high / closer}`)
    map.classList.toggle('is-close', closer > 1)
    const still = [closer >= most, closer <= 1, x <= 0, x >= wide - wide / closer - 0.5, y <= 0, y >= high - high / closer - 0.5, closer <= 1]
    buttons.forEach((button, i) => button.setAttribute('aria-disabled', String(still[i])))
  }
  // What is under (atX, atY), parts of the map's width and height, stays there.
  function zoom(times, atX = 0.5, atY = 0.5) {
    const next = Math.min(Math.max(closer * times, 1), most)
    x += wide * atX * (1 / closer - 1 / next)
    y += high * atY * (1 / closer - 1 / next)
    closer = next
    show()
  }
  function move(right, down) { x += right * wide / closer; y += down * high / closer; show() }
  const doing = [() => zoom(1.6), () => zoom(1 / 1.6), () => move(-0.3, 0), () => move(0.3, 0), () => move(0, -0.3), () => move(0, 0.3), () => zoom(1 / most)]
  buttons.forEach((button, i) => button.addEventListener('click', () => { if (button.getAttribute('aria-disabled') !== 'true') doing[i]() }))

  const part = event => { const box = map.getBoundingClientRect(); return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height] }
  const held = new Map()
  let dragged = false
  map.addEventListener('pointerdown', event => { dragged = held.size > 0; held.set(event.pointerId, event) })
  map.addEventListener('pointermove', event => {
    const before = held.get(event.pointerId)
    if (!before || closer === 1) return
    const box = map.getBoundingClientRect()
    if (!dragged && Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY) < 4) return
    if (!dragged) map.setPointerCapture(event.pointerId)
    dragged = true
    const other = [...held.values()].find(p => p.pointerId !== event.pointerId)
    if (other) {
      const apart = p => Math.hypot(p.clientX - other.clientX, p.clientY - other.clientY)
      zoom(apart(event) / Math.max(apart(before), 1), ...part(other))
    } else move((before.clientX - event.clientX) / box.width, (before.clientY - event.clientY) / box.height)
    held.set(event.pointerId, event)
  })
  for (const end of ['pointerup', 'pointercancel', 'pointerleave']) map.addEventListener(end, event => held.delete(event.pointerId))
  map.addEventListener('click', event => {
    const title = event.target.closest('path, circle, .any-map__d')?.querySelector?.('title') ?? event.target.closest('.any-map__d')?.querySelector('title')
    if (!dragged && title) says.textContent = title.textContent
    dragged = false
  })
  map.addEventListener('dblclick', event => zoom(1.6, ...part(event)))
  // With Ctrl only, as a trackpad's pinch sends it: a wheel alone scrolls the page.
  map.addEventListener('wheel', event => { if (event.ctrlKey) { event.preventDefault(); zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, ...part(event)) } }, { passive: false })
  show()
}
