/** A call over HTTP carries 64 KiB of base64; this leaves room for what is around it. */
const MOST_BYTES = 46_000

/** Sizes and qualities to try, the best first. */
const attempts = [
  { side: 1280, quality: 0.8 },
  { side: 1080, quality: 0.7 },
  { side: 900, quality: 0.6 },
  { side: 720, quality: 0.55 },
  { side: 540, quality: 0.5 },
  { side: 400, quality: 0.4 },
] as const

/** A picture as a JPEG that is small enough to send, as base64. `undefined` where the file is no picture. */
export const shrinkPicture = async (file: File): Promise<string | undefined> => {
  const picture = await createImageBitmap(file).catch(() => undefined)
  if (!picture) return undefined
  for (const { side, quality } of attempts) {
    const blob = await draw(picture, side, quality)
    if (blob && blob.size <= MOST_BYTES) return asBase64(blob)
  }
  return undefined
}

const draw = (picture: ImageBitmap, side: number, quality: number): Promise<Blob | null> => {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const context = canvas.getContext('2d')
  if (context) {
    // JPEG knows no transparency.
    context.fillStyle = '#fff'
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  }
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
}

const asBase64 = async (blob: Blob): Promise<string> => {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
