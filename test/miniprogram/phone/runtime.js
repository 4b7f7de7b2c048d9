/* oxlint-disable no-underscore-dangle, typescript/no-implied-eval -- names are the simulator's, and a module is text that it is handed */
/* What WeChat is to the mini program, as far as the admin mini program needs it: modules, pages, `wx`. Runs in the frame of a page. */

const { files, templates, app, host, openid, language } = window.__PHONE__

window.__FILE_MAP__ = files
window.__webview_engine_version__ = 0.02
const template = new Function(templates)()
for (const path of Object.keys(files))
  if (path.endsWith('.wxml')) files[path] = template(path.slice(1)) ?? template(`.${path}`)

// Modules: each runs once, whoever asks for it.
const modules = new Map()
window.require = (given) => {
  const path = given.endsWith('.js') ? given.slice(0, -3) : given
  const key = path.startsWith('/') ? path : `/${path}`
  const known = modules.get(key)
  if (known) return known.exports
  const source = files[`${key}.js`]
  if (source === undefined) throw new Error(`there is no module ${key}`)
  const module = { exports: {} }
  modules.set(key, module)
  const folder = key.slice(0, key.lastIndexOf('/') + 1)
  const require = (relative) => window.require(new URL(relative, `file://${folder}`).pathname)
  new Function('require', 'module', 'exports', source)(require, module, module.exports)
  return module.exports
}

const state = {
  storage: new Map([['language', language]]),
  /** For tests to look at. */
  clipboard: '',
  toasts: [],
  shown: [],
  errors: [],
  calls: [],
  files: new Map(),
  chosenMedia: undefined,
  fault: undefined,
  /** While it is one, calls wait for it. */
  held: Promise.resolve(),
  refreshed: 0,
}
window.phone = state

const frame = (change) => window.parent.postMessage(change, '*')

window.wx = {
  ...window.wx,
  cloud: {
    init: (options) => Object.assign(state, { cloud: options }),
    async callFunction({ name, data }) {
      state.calls.push({ name, data })
      await state.held
      const { fault } = state
      state.fault = undefined
      if (fault === 'network') throw { errCode: -1, errMsg: 'cloud.callFunction:fail request:fail timeout' }
      const response = await fetch(`${host}/__local/invoke/${name}`, {
        method: 'POST',
        body: JSON.stringify({ event: data, identity: { openid, appid: 'wxadminadminadmin' } }),
      })
      const { result, error } = await response.json()
      if (fault === 'answerLost') throw { errCode: -504003, errMsg: 'cloud.callFunction:fail -504003 timed out' }
      if (error) throw { errCode: -504002, errMsg: `cloud.callFunction:fail ${JSON.stringify(error)}` }
      return { result, errMsg: 'cloud.callFunction:ok' }
    },
  },
  getAppBaseInfo: () => ({ language: 'zh_CN', SDKVersion: '3.9.0' }),
  getWindowInfo: () => ({ windowWidth: innerWidth, windowHeight: innerHeight, pixelRatio: devicePixelRatio }),
  getSystemInfoSync: () => ({ ...wx.getAppBaseInfo(), ...wx.getWindowInfo(), platform: 'android' }),
  getStorageSync: (name) => state.storage.get(name) ?? '',
  setStorageSync: (name, value) => void state.storage.set(name, value),
  async setClipboardData({ data }) {
    state.clipboard = data
  },
  async showToast({ title }) {
    state.toasts.push(title)
    frame({ toast: title })
  },
  async stopPullDownRefresh() {
    state.refreshed += 1
  },
  async setNavigationBarTitle({ title }) {
    frame({ title })
  },
  async setTabBarItem({ index, text }) {
    frame({ tab: { index, text } })
  },
  async previewImage(given) {
    state.shown.push(given)
  },
  async showShareImageMenu({ path }) {
    state.shown.push({ share: path })
  },
  async scanCode() {
    if (state.scanned === undefined) throw { errMsg: 'scanCode:fail cancel' }
    return { result: state.scanned }
  },
  async chooseMedia() {
    return { tempFiles: [{ tempFilePath: 'tmp/picture.png', size: 100 }] }
  },
  async compressImage({ src }) {
    return { tempFilePath: src }
  },
  getFileSystemManager: () => ({
    writeFileSync: (path, data, encoding) => void state.files.set(path, { data, encoding }),
    readFile: ({ success }) => success({ data: state.chosenMedia }),
    readFileSync: () => state.chosenMedia,
  }),
  arrayBufferToBase64: (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))),
  navigateTo: ({ url }) => open(url),
  redirectTo: async ({ url }) => {
    close()
    await open(url)
  },
  navigateBack: async () => {
    close()
    showTop()
  },
  switchTab: ({ url }) => openTab(url),
  env: { USER_DATA_PATH: 'http://usr' },
}

window.App = (definition) => definition.onLaunch?.()
window.getApp = () => ({})
window.getCurrentPages = () => stack.map(({ page }) => page.instance)

window.addEventListener('error', ({ message }) => state.errors.push(message))
window.addEventListener('unhandledrejection', ({ reason }) => state.errors.push(String(reason?.stack ?? reason)))

/** Pages one upon the other; those of the tab bar stay alive below. */
const stack = []
const tabs = new Map()
const ids = new Map()

function render(path) {
  // The tag keeps one page's styles from another's.
  const tag = `page-${path.split('/').at(-1)}`
  if (!ids.has(path)) ids.set(path, window.simulate.load(path, tag, { rootPath: '/', compiler: 'official' }))
  const root = document.createElement('div')
  document.body.append(root)
  const page = window.simulate.render(ids.get(path))
  page.attach(root)
  return { path, page, root }
}

/** As WeChat does it: the values of the query are left encoded. */
const parse = (url) => {
  const [path, query = ''] = url.split('?')
  return { path, query: Object.fromEntries(query.split('&').map((pair) => pair.split('=', 2))) }
}

const call = ({ page }, name, ...given) => page.instance[name]?.(...given)

function hideTop() {
  const top = stack.at(-1)
  if (!top) return
  call(top, 'onHide')
  top.root.style.display = 'none'
}

function showTop() {
  const top = stack.at(-1)
  if (!top) return
  top.root.style.display = ''
  window.scrollTo(0, 0)
  frame({ path: top.path, depth: stack.length })
  call(top, 'onShow')
}

async function open(url) {
  const { path, query } = parse(url)
  hideTop()
  const entry = { ...render(path), query }
  stack.push(entry)
  call(entry, 'onLoad', query)
  showTop()
}

function close() {
  const top = stack.pop()
  if (!top) return
  call(top, 'onUnload')
  top.page.detach()
  top.root.remove()
}

async function openTab(url) {
  const { path } = parse(url)
  hideTop()
  while (stack.length > 1) close()
  const known = tabs.get(path)
  stack.length = 0
  const entry = known ?? render(path)
  tabs.set(path, entry)
  stack.push(entry)
  if (!known) call(entry, 'onLoad', {})
  showTop()
}

Object.assign(state, {
  open: (url) => (app.tabBar.list.some(({ pagePath }) => `/${pagePath}` === url) ? openTab(url) : open(url)),
  back: () => window.wx.navigateBack(),
  tell: (name, ...given) => call(stack.at(-1), name, ...given),
  path: () => stack.at(-1)?.path,
  data: () => JSON.parse(JSON.stringify(stack.at(-1).page.instance.data)),
})
