import jpeg from 'jpeg-js'
import QRCode from 'qrcode'

const PIXELS_PER_MODULE = 6
const QUIET_ZONE_MODULES = 4

/** A QR code as JPEG, which is what WeChat answers. */
export const drawQrCode = (text: string): Uint8Array<ArrayBuffer> => {
  const { modules } = QRCode.create(text)
  const width = (modules.size + 2 * QUIET_ZONE_MODULES) * PIXELS_PER_MODULE
  const data = Buffer.alloc(width * width * 4, 0xff)
  const moduleAt = (pixel: number): number => Math.floor(pixel / PIXELS_PER_MODULE) - QUIET_ZONE_MODULES
  for (let y = 0; y < width; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [row, column] = [moduleAt(y), moduleAt(x)]
      const inside = row >= 0 && column >= 0 && row < modules.size && column < modules.size
      if (inside && modules.get(row, column)) data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3)
    }
  }
  return new Uint8Array(jpeg.encode({ width, height: width, data }, 80).data)
}
