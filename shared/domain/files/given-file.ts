import * as v from 'valibot'
import { Failure } from '../../errors.ts'
import type { Upload } from '../../wechat/endpoints/endpoint.ts'
import type { FileFormat, FileKind } from '../../wechat/endpoints/files.ts'
import { flaw } from '../input-flaws.ts'
import { text } from '../inputs.ts'
import type { Files } from '../platform.ts'
import { told } from '../described-fields.ts'

const MB = 1024 * 1024

/** The bound of a call; files that are larger come through cloud storage. */
const MAX_INLINE_BYTES = 4 * MB

/** Where the bytes are: one of both. */
export const fileEntries = {
  fileId: v.optional(told('File in cloud storage', '云存储文件', text(1024), 'cloud://env/shop/picture.png')),
  base64: v.optional(told('The file, at most 4 MB', '文件内容，最大 4 MB', text(5_600_000), 'iVBORw0KGgo=')),
}

export interface GivenFile {
  readonly fileId?: string | undefined
  readonly base64?: string | undefined
}

export const isOneGiven = ({ fileId, base64 }: GivenFile): boolean => (fileId === undefined) !== (base64 === undefined)

const upload = {
  ...fileEntries,
  filename: v.optional(told('Its name', '文件名', text(200), 'picture.png')),
  contentType: v.optional(
    told(
      'Its media type; left out: what the content is',
      '媒体类型，缺省按内容判断',
      v.pipe(text(100), v.regex(/^[\w.+-]+\/[\w.+-]+$/, flaw('MALFORMED', { example: 'image/png' }))),
      'image/png',
    ),
  ),
}

const oneGiven = <T extends GivenFile>() =>
  v.check<T, string>(isOneGiven, flaw('GIVE_ONE_OF', { choices: ['fileId', 'base64'] }))

const example = (kinds: readonly FileKind[] = []) =>
  kinds.some(({ name }) => name === 'text')
    ? { base64: 'dGV4dA==', filename: 'terms.txt' }
    : { base64: 'iVBORw0KGgo=', filename: 'picture.png' }

/** A file of an upload whose part is known. */
export const fileOf = (part: string, kinds: readonly FileKind[] | undefined) =>
  told(
    'The file',
    '文件',
    v.pipe(v.strictObject({ part: v.optional(v.literal(part), part), ...upload }), oneGiven()),
    example(kinds),
  )

/** The same where the caller says which part it is. */
export const fileOfAnyPart = told(
  'A file; `body` becomes form fields beside it',
  '文件；此时 body 作为同一表单的字段',
  v.pipe(
    v.strictObject({
      part: told(
        'Name of the part',
        '表单字段名',
        v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/, flaw('NAME_NOT_ALLOWED'))),
        'media',
      ),
      ...upload,
    }),
    oneGiven(),
  ),
  { part: 'media', ...example() },
)

interface GivenUpload extends GivenFile {
  readonly filename?: string | undefined
  readonly contentType?: string | undefined
}

/** What is sent. Where the kinds are known, size and type are checked. */
export async function readUpload(
  files: Files,
  given: GivenUpload,
  kinds: readonly FileKind[] | undefined,
): Promise<Upload> {
  const bytes = await readGiven(files, given, 'file.')
  const format = kinds && formatOf(bytes, kinds, given.base64 === undefined ? 'file.fileId' : 'file.base64')
  if (
    kinds &&
    given.contentType !== undefined &&
    !formatsOf(kinds).some(({ contentType }) => contentType === given.contentType)
  )
    throw notTaken(kinds, 'file.contentType')
  return {
    bytes,
    filename: given.filename ?? `file.${format?.extension ?? 'bin'}`,
    contentType: given.contentType ?? format?.contentType ?? 'application/octet-stream',
  }
}

/** @param place of the two members in the input, with a dot behind it */
export async function readGiven(files: Files, { fileId, base64 }: GivenFile, place = ''): Promise<Buffer> {
  if (base64 === undefined) return files.read(fileId ?? '', `${place}fileId`)
  const bytes = decode(base64, `${place}base64`)
  if (bytes.length > MAX_INLINE_BYTES)
    throw new Failure('FILE_TOO_LARGE_INLINE', {
      params: { megabytes: MAX_INLINE_BYTES / MB },
      field: `${place}base64`,
    })
  return bytes
}

function decode(base64: string, field: string): Buffer {
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw new Failure('NOT_BASE64', { field })
  return Buffer.from(base64, 'base64')
}

/** What it is, by its content. @throws `INVALID_ARGUMENT` where WeChat would not take it */
export function formatOf(bytes: Buffer, kinds: readonly FileKind[], field: string): FileFormat {
  for (const { name, maxBytes, formats } of kinds) {
    const format = formats.find((one) => one.isIt(bytes))
    if (!format) continue
    if (bytes.length > maxBytes)
      throw new Failure('FILE_TOO_LARGE', { params: { kind: name, megabytes: maxBytes / MB }, field })
    return format
  }
  throw notTaken(kinds, field)
}

const formatsOf = (kinds: readonly FileKind[]): readonly FileFormat[] => kinds.flatMap(({ formats }) => formats)

const notTaken = (kinds: readonly FileKind[], field: string): Failure =>
  new Failure('FILE_KIND_NOT_TAKEN', {
    params: { formats: formatsOf(kinds).map(({ extension }) => extension.toUpperCase()) },
    field,
  })
