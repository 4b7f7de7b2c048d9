import { create } from 'qrcode'
import { encodePng } from './png.ts'

/** Modules of white around the code, as its standard asks. */
const MARGIN = 4
/** Pixels a module. */
const SCALE = 6

/** A QR code of an address, which is ASCII, as the base64 of a PNG. */
export function drawQrCode(url: string): string {
  // Bytes, as the mini program has no TextEncoder to make them of a text.
  const data = Uint8ClampedArray.from(url, (letter) => letter.charCodeAt(0))
  const { modules } = create([{ data, mode: 'byte' }], { errorCorrectionLevel: 'M' })
  const { size } = modules
  const isBlack = (column: number, row: number): boolean =>
    column >= 0 && row >= 0 && column < size && row < size && modules.get(row, column) === 1
  const png = encodePng((size + 2 * MARGIN) * SCALE, (x, y) =>
    isBlack(Math.floor(x / SCALE) - MARGIN, Math.floor(y / SCALE) - MARGIN),
  )
  return wx.arrayBufferToBase64(png.buffer)
}
