interface ZipEntry {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** What the pictures in it are: they are compressed already. */
const STORED = 0
/** Names are UTF-8. */
const UTF8 = 0x0800
/** 1980-01-01: the format knows no earlier day. */
const NO_DAY = 0x21
const VERSION = 20

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

function checksum(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of bytes) value = (value >>> 8) ^ (table[(value ^ byte) & 0xff] ?? 0)
  return (value ^ 0xffffffff) >>> 0
}

type Field = readonly [size: 2 | 4, value: number]

function record(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(fields.reduce((sum, [size]) => sum + size, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const [size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += size
  }
  return bytes
}

/** A ZIP of files that need no compression, in parts. */
export function zipOf(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer>[] {
  const files: Uint8Array<ArrayBuffer>[] = []
  const directory: Uint8Array<ArrayBuffer>[] = []
  let offset = 0
  for (const { name, bytes } of entries) {
    const named = new TextEncoder().encode(name)
    const known: Field[] = [
      [2, VERSION],
      [2, UTF8],
      [2, STORED],
      [2, 0],
      [2, NO_DAY],
      [4, checksum(bytes)],
      [4, bytes.length],
      [4, bytes.length],
      [2, named.length],
      [2, 0],
    ]
    const head = record([[4, 0x04034b50], ...known])
    directory.push(
      record([[4, 0x02014b50], [2, VERSION], ...known, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]),
      named,
    )
    files.push(head, named, bytes)
    offset += head.length + named.length + bytes.length
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  const count = entries.length
  const end = record([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, size],
    [4, offset],
    [2, 0],
  ])
  return [...files, ...directory, end]
}
