import { toString } from 'qrcode'

/** A picture's address that holds the code. */
export const drawQr = async (text: string): Promise<string> => {
  const svg = await toString(text, { type: 'svg', margin: 1, errorCorrectionLevel: 'M' })
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
