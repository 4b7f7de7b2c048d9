/** Keeps the page as the server draws it, and sends its forms. */

const pollMs = 2000
let turn = 0

const business = () => new URLSearchParams(location.search).get('business') ?? ''

const select = (businessId) => {
  history.replaceState(null, '', `/?business=${encodeURIComponent(businessId)}`)
}

/** What somebody typed survives when the fields around it are drawn anew. */
const typedIn = (region) =>
  [...region.querySelectorAll('input:not([type=hidden]), textarea')]
    .filter((field) => field.value !== field.defaultValue)
    .map(({ name, value }) => ({ name, value }))

const redraw = (region, { html, version }) => {
  const typed = region.dataset.keep === 'no' ? [] : typedIn(region)
  const focused = region.contains(document.activeElement) ? document.activeElement.name : undefined
  region.innerHTML = html
  region.dataset.version = version
  region.dataset.keep = ''
  for (const { name, value } of typed) {
    const field = region.querySelector(`[name="${name}"]`)
    if (field) field.value = value
  }
  if (focused) region.querySelector(`[name="${focused}"]`)?.focus()
}

const refresh = async () => {
  const mine = ++turn
  const query = business() === '' ? '' : `?business=${encodeURIComponent(business())}`
  const answer = await fetch(`/demo/state${query}`)
  const view = await answer.json()
  if (mine !== turn) return
  for (const [name, region] of Object.entries(view.regions)) {
    const element = document.querySelector(`[data-region="${name}"]`)
    if (element && element.dataset.version !== region.version) redraw(element, region)
  }
  for (const [number, progress] of Object.entries(view.progress)) {
    const step = document.getElementById(`step-${number}`)
    if (step.dataset.progress !== 'now' && progress === 'now') step.querySelector('.done')?.remove()
    step.dataset.progress = progress
  }
}

const tryRefresh = async () => {
  try {
    await refresh()
    document.body.classList.remove('lost')
  } catch {
    document.body.classList.add('lost')
  }
}

const show = (result, form, answer) => {
  if (!answer.ok) {
    result.innerHTML = answer.html
    return
  }
  const done = document.createElement('p')
  done.className = 'done'
  done.textContent = '✓ 已完成 · Done'
  result.replaceChildren(done)
  if (form.dataset.action !== 'preview') return
  const image = document.createElement('img')
  image.alt = '体验版二维码 · Trial QR code'
  image.src = `data:${answer.data.contentType};base64,${answer.data.base64}`
  result.replaceChildren(image)
}

/** On a phone the next step is often out of sight. */
const showNext = () => {
  const next = document.querySelector('[data-progress="now"]')
  next?.scrollIntoView({ block: 'nearest', behavior: 'smooth' })
}

const send = async (form) => {
  const result = form.closest('li[id]').querySelector('.result')
  const button = form.querySelector('button')
  if (button.disabled) return
  button.disabled = true
  let goOn = false
  try {
    const fields = Object.fromEntries(new FormData(form))
    const answer = await fetch(`/demo/actions/${form.dataset.action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fields),
    })
    const read = await answer.json()
    for (const other of document.querySelectorAll('.result')) other.replaceChildren()
    show(result, form, read)
    if (read.ok && form.dataset.action === 'invite') select(fields.businessId)
    if (read.ok) form.closest('[data-region]').dataset.keep = 'no'
    goOn = read.ok && form.dataset.action !== 'preview'
  } catch {
    result.textContent = '演示程序没有回答，它还在运行吗？ The demo does not answer. Is it still running?'
  } finally {
    button.disabled = false
  }
  await tryRefresh()
  if (goOn) showNext()
}

document.addEventListener('submit', (event) => {
  event.preventDefault()
  void send(event.target)
})

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-business]')
  if (!link) return
  event.preventDefault()
  select(link.dataset.business)
  for (const result of document.querySelectorAll('.result')) result.replaceChildren()
  void tryRefresh()
})

const poll = async () => {
  if (!document.hidden) await tryRefresh()
  setTimeout(poll, pollMs)
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void tryRefresh()
})
setTimeout(poll, pollMs)
