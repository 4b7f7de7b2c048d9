/** Something of a package that a function's bundle does without. */
export type SlimRule = LeftOut | Rewritten

/** An import, and CommonJS that takes the place of what it names: it must load silently, and refuse with a clear message when used. */
interface LeftOut {
  /** The package whose files hold the import. */
  readonly from: string
  /** As it is written there. */
  readonly import: RegExp
  readonly stub: string
  readonly why: string
}

/** Text of a package's files. */
interface Rewritten {
  readonly from: string
  readonly file: RegExp
  readonly text: string
  readonly by: string
  readonly why: string
}

const refuse = (what: string): string => `throw new Error(${JSON.stringify(`${what} is left out of this bundle`)})`

/** Stands for a module of functions: each is there, and refuses. */
const refusingModule = (what: string): string =>
  `module.exports = new Proxy({}, { get: () => () => { ${refuse(what)} } })`

const refusingClass = (name: string): string => `class ${name} { constructor() { ${refuse(name)} } }`

/** Sizes and CPU are what the import added to a bundle of node-sdk, axios and xml2js on Node 20, measured on two cores. */
export const slimRules: readonly SlimRule[] = [
  {
    from: '@cloudbase/node-sdk',
    import: /^\.\/ai$/,
    stub: `exports.createAI = () => { ${refuse('app.ai()')} }`,
    why: 'AI client, adapters and stream polyfill: 316 KiB, 20 ms',
  },
  {
    from: '@cloudbase/node-sdk',
    import: /^@cloudbase\/wx-cloud-client-sdk$/,
    stub: `const absent = new Proxy({}, { get() { ${refuse('app.models')} } })
exports.generateHTTPClient = () => absent
exports.generateMySQLClient = () => () => { ${refuse('app.mysql()')} }`,
    why: 'data models and SQL; init() builds them for every client, which loads undici: 64 KiB, 20 ms',
  },
  {
    from: '@cloudbase/node-sdk',
    import: /^axios$/,
    stub: `const refuse = async () => { ${refuse("node-sdk's own axios")} }
module.exports = Object.assign(refuse, { get: refuse })`,
    why: 'asks for cloud metadata outside the function platform, where a failure means "not in the cloud": 25 KiB, 2 ms',
  },
  {
    from: '@cloudbase/node-sdk',
    import: /^\.\/(?:auth|functions|cloudrun|wx|analytics|notification)$/,
    stub: refusingModule('what node-sdk does beside database and files'),
    why: 'who calls is read from the context alone, and functions do not call each other: 17 KiB',
  },
  {
    from: '@cloudbase/node-sdk',
    import: /^\.\/utils\/tcbopenapicommonrequester$/,
    stub: `exports.getEnvIdFromContext = () => ''
exports.request = async () => { ${refuse('app.models')} }`,
    why: 'serves data models and SQL: 4 KiB',
  },
  {
    from: '@cloudbase/node-sdk',
    import: /(?:^|\/)version$/,
    stub: `exports.version = 'unknow'`,
    why: 'looks for a package.json that no bundle has, and says this in the end: 0.5 ms',
  },
  {
    from: '@cloudbase/node-sdk',
    import: /^\.\/storage$/,
    stub: `for (const name of ['downloadFile', 'uploadFile'])
  exports[name] = async (...args) => (await import('./storage')).default[name](...args)
for (const name of ['copyFile', 'deleteFile', 'getTempFileURL', 'getFileInfo', 'getUploadMetadata', 'getFileAuthority'])
  exports[name] = async () => { ${refuse('what node-sdk does with files beside reading and writing')} }`,
    why: 'files are read and written by few operations, and loaded by the first call: 8 KiB',
  },
  {
    from: '@cloudbase/node-sdk',
    import: /^xml2js$/,
    stub: `exports.parseString = (text, done) => text.length > 0 ? done(new Error('the upload was refused')) : done(null, null)`,
    why: 'errors of uploads to storage; only functions that get pushes need an XML reader: 30 KiB',
  },
  {
    from: '@cloudbase/node-sdk',
    import: /^form-data$/,
    stub: `module.exports = ${refusingClass('FormData')}`,
    why: 'multipart bodies of 云调用; brings mime-db: 161 KiB, 9 ms together with the one in axios',
  },
  {
    from: '@cloudbase/node-sdk',
    import: /^https?-proxy-agent$/,
    stub: `exports.HttpProxyAgent = exports.HttpsProxyAgent = ${refusingClass('ProxyAgent')}`,
    why: 'init({ proxy }) only; brings debug and tty: 15 KiB',
  },
  {
    from: '@cloudbase/node-sdk',
    import: /^agentkeepalive$/,
    stub: `module.exports = function (options) { return new (require('agentkeepalive'))(options) }
module.exports.HttpsAgent = function (options) { return new (require('agentkeepalive').HttpsAgent)(options) }`,
    why: 'loaded by the first request, as HTTP is: see load-late.ts',
  },
  {
    from: '@cloudbase/node-sdk',
    file: /\/utils\/request-core\.js$/,
    text: `if (req.reusedSocket) {`,
    by: `if (!socket.connecting) {`,
    why: 'a connection that a waiting request takes over does not count as reused: each would leave a listener on it for good',
  },
  {
    from: 'agentkeepalive',
    import: /^\.\/lib\/https_agent$/,
    stub: `module.exports = function (options) { return new (require('./lib/https_agent'))(options) }`,
    why: 'loaded by the first request, as TLS is',
  },
  {
    from: '@cloudbase/database',
    import: /^\.\/realtime\/websocket-client$/,
    stub: `exports.RealtimeWebSocketClient = ${refusingClass('RealtimeWebSocketClient')}`,
    why: 'watch() cannot work on Node 20: 50 KiB, 3 ms',
  },
  {
    from: '@cloudbase/database',
    import: /^\.{1,2}\/geo\/(?:index|point)$/,
    stub: ['Point', 'LineString', 'Polygon', 'MultiPoint', 'MultiLineString', 'MultiPolygon']
      .map(
        (name) =>
          `exports.${name} = class { constructor() { ${refuse('geometry')} } static validate() { return false } }`,
      )
      .join('\n'),
    why: 'nothing is stored that has a place: 6 KiB',
  },
  {
    from: '@cloudbase/database',
    import: /^bson$/,
    stub: `Object.defineProperty(exports, 'EJSON', { get: () => require('bson/lib/extended_json').EJSON })`,
    why: 'the package uses nothing but EJSON of it, and that for documents: 35 KiB, 2 ms; run by the first answer, as it looks at a global that loads Web Crypto',
  },
  {
    from: 'bson',
    import: /^\.\/(?:binary|code|db_ref|decimal128|max_key|min_key|objectid|symbol|timestamp)$/,
    stub: `exports.Binary = exports.Code = exports.DBRef = exports.Decimal128 = exports.MaxKey = exports.MinKey =
exports.ObjectId = exports.BSONSymbol = exports.Timestamp = class {
  constructor() { ${refuse('a BSON type that the database never sends')} }
  static fromExtendedJSON() { ${refuse('a BSON type that the database never sends')} }
}
exports.isDBRefLike = () => false`,
    why: 'documents hold text, numbers, dates, lists and objects; ids are text: 26 KiB',
  },
  {
    from: 'axios',
    import: /^\.\/xhr\.js$/,
    stub: `module.exports = false`,
    why: 'the http adapter serves Node: 4 KiB',
  },
  {
    from: 'axios',
    import: /^follow-redirects$/,
    stub: `exports.http = require('http'); exports.https = require('https')`,
    why: 'functions follow no redirect; brings debug: 17 KiB',
  },
  {
    from: 'axios',
    import: /^proxy-from-env$/,
    stub: `exports.getProxyForUrl = () => ''`,
    why: 'functions reach WeChat directly, whatever the environment says',
  },
  {
    from: 'axios',
    import: /\/shouldBypassProxy\.js$/,
    stub: `module.exports = () => true`,
    why: 'see proxy-from-env: 5 KiB',
  },
  {
    from: 'axios',
    import: /^\.\/fetch\.js$/,
    stub: `exports.getFetch = () => false`,
    why: 'the http adapter serves Node; this one loads undici: 11 KiB, 15 ms',
  },
  {
    from: 'axios',
    file: /\/lib\/utils\.js$/,
    text: `typeof G.FormData !== 'undefined' ? G.FormData : undefined`,
    by: 'undefined',
    why: "looks at a global of Node's that loads undici and HTTP/2 when it is looked at: 15 ms",
  },
  {
    from: 'axios',
    import: /^form-data$/,
    stub: `module.exports = ${refusingClass('FormData')}`,
    why: 'multipart bodies from plain objects; brings mime-db, see above',
  },
  {
    from: 'axios',
    import: /\/(?:formDataToStream|fromDataURI|Http2Sessions)\.js$/,
    stub: `module.exports = class { constructor() {} }`,
    why: 'serve form data from plain objects, data: addresses and HTTP/2: 3 KiB',
  },
  {
    from: 'axios',
    import: /^https-proxy-agent$/,
    stub: `module.exports = ${refusingClass('HttpsProxyAgent')}`,
    why: 'functions reach WeChat directly; brings debug and tty: 10 KiB, see proxy-from-env',
  },
  {
    from: 'axios',
    import: /^http2$/,
    stub: `exports.constants = {}; exports.connect = () => { ${refuse('HTTP/2')} }`,
    why: 'WeChat is called over HTTP/1.1; loading node:http2 takes 4 ms',
  },
  {
    from: 'xml2js',
    import: /^\.\/builder$/,
    stub: `exports.Builder = ${refusingClass('Builder')}`,
    why: 'only reading is needed; brings xmlbuilder: 67 KiB, 2 ms',
  },
  {
    from: '@modelcontextprotocol/sdk',
    import: /validation\/ajv-provider\.js$/,
    stub: `exports.AjvJsonSchemaValidator = ${refusingClass('AjvJsonSchemaValidator')}`,
    why: 'checks forms that a server asks its user to fill in, of which we have none: 130 KiB',
  },
  {
    from: '@modelcontextprotocol/sdk',
    import: /^zod-to-json-schema$/,
    stub: `exports.zodToJsonSchema = () => { ${refuse('zod-to-json-schema')} }`,
    why: 'describes tools that are made of zod schemas; ours are made of rows: 20 KiB',
  },
]
