const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** Bit 1 is white: a picture of one bit per pixel in shades of grey. */
const BLACK_AND_WHITE = [1, 0, 0, 0, 0]

const MAX_STORED_BYTES = 0xffff

/** A square PNG of black and white pixels, not compressed. */
export function encodePng(width: number, isBlack: (x: number, y: number) => boolean): Uint8Array<ArrayBuffer> {
  const rowBytes = Math.ceil(width / 8) + 1
  const rows = new Uint8Array(rowBytes * width)
  for (let y = 0; y < width; y++)
    for (let x = 0; x < width; x++) {
      const at = y * rowBytes + 1 + (x >> 3)
      if (!isBlack(x, y)) rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7))
    }
  return Uint8Array.from([
    ...SIGNATURE,
    ...chunk('IHDR', [...fourBytes(width), ...fourBytes(width), ...BLACK_AND_WHITE]),
    ...chunk('IDAT', deflateStored(rows)),
    ...chunk('IEND', []),
  ])
}

const fourBytes = (number: number): number[] => [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff)

function chunk(name: string, content: readonly number[]): number[] {
  const body = [...Array.from(name, (letter) => letter.charCodeAt(0)), ...content]
  return [...fourBytes(content.length), ...body, ...fourBytes(crc32(body))]
}

function deflateStored(bytes: Uint8Array): number[] {
  const blocks: number[] = []
  for (let start = 0; start < bytes.length; start += MAX_STORED_BYTES) {
    const part = bytes.subarray(start, start + MAX_STORED_BYTES)
    const last = start + MAX_STORED_BYTES >= bytes.length ? 1 : 0
    const { length } = part
    blocks.push(last, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff, ...part)
  }
  return [0x78, 0x01, ...blocks, ...fourBytes(adler32(bytes))]
}

function crc32(bytes: readonly number[]): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return ~crc >>> 0
}

function adler32(bytes: Uint8Array): number {
  let [low, high] = [1, 0]
  for (const byte of bytes) {
    low = (low + byte) % 65521
    high = (high + low) % 65521
  }
  return ((high << 16) | low) >>> 0
}
