import { useEffect, useState } from 'react'
import './qr-code.css'

/** A QR code of a text, drawn in the browser. `label` says what scanning it does. */
export const QrCode = ({ value, label }: { readonly value: string; readonly label: string }) => {
  const [picture, setPicture] = useState<string>()
  useEffect(() => {
    let isCurrent = true
    void draw(value).then((drawn) => isCurrent && setPicture(drawn))
    return () => {
      isCurrent = false
    }
  }, [value])
  return picture === undefined ? (
    <div className="qr-code" aria-hidden />
  ) : (
    <img className="qr-code" src={picture} alt={label} />
  )
}

/** Loaded with the first code: no page needs it at once. */
const draw = async (value: string): Promise<string> => (await import('./draw-qr.ts')).drawQr(value)
