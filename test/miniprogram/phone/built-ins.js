/* oxlint-disable no-underscore-dangle, typescript/no-implied-eval -- names are the simulator's, and a module is text that it is handed */
/* WeChat's own components as far as they are used: the simulator knows their names, not what they do. */

const domOf = (instance) => instance._exparserNode.$$

const define = (id, properties, update, attach = () => {}) => {
  window.simulate.load({
    id,
    tagName: `wx-${id}`,
    template: '<slot/>',
    options: { multipleSlots: false },
    properties: Object.fromEntries(
      Object.keys(properties).map((name) => [name, { type: null, value: properties[name] }]),
    ),
    observers: {
      [Object.keys(properties).join(',')]() {
        if (this.ready) update(domOf(this), this.data, this)
      },
    },
    lifetimes: {
      attached() {
        attach(domOf(this), this)
        this.ready = true
        update(domOf(this), this.data, this)
      },
    },
  })
}

define('image', { src: '', mode: 'scaleToFill', ariaLabel: '' }, (dom, { src, mode, ariaLabel }) => {
  dom.setAttribute('aria-label', ariaLabel)
  const image = dom.querySelector('img') ?? dom.appendChild(document.createElement('img'))
  if (src) image.src = src
  image.style.objectFit = mode === 'aspectFit' ? 'contain' : mode === 'aspectFill' ? 'cover' : 'fill'
  dom.dataset.mode = mode
})

const field = (id, tag) =>
  define(
    id,
    { value: '', placeholder: '', type: 'text', password: false, disabled: false, maxlength: 140, focus: false },
    (dom, { value, placeholder, disabled, maxlength }) => {
      const input = dom.querySelector(tag)
      if (input.value !== String(value ?? '')) input.value = value ?? ''
      input.placeholder = placeholder
      input.disabled = disabled
      input.maxLength = maxlength > 0 ? maxlength : 100000
    },
    (dom, instance) => {
      const input = dom.appendChild(document.createElement(tag))
      const tell = (name) => () =>
        instance.triggerEvent(name, { value: input.value, cursor: input.value.length }, { bubbles: false })
      input.addEventListener('input', tell('input'))
      input.addEventListener('focus', tell('focus'))
      input.addEventListener('blur', tell('blur'))
      input.addEventListener('keydown', ({ key }) => key === 'Enter' && tell('confirm')())
    },
  )

field('input', 'input')
field('textarea', 'textarea')
