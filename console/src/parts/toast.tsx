import { useEffect, useState } from 'react'
import { Message } from 'tdesign-react/es/message'
import './toast.css'

interface Toast {
  readonly id: number
  readonly words: string
}

const SHOWN_MS = 4000

let newest = 0
let show: (words: string) => void = () => undefined

/** Says for a moment that something was done. What went wrong belongs into an `ErrorNotice`, which stays. */
export const toast = (words: string): void => show(words)

/** Where toasts appear; once on the page. */
export const Toasts = () => {
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  useEffect(() => {
    show = (words) => {
      newest += 1
      const id = newest
      setToasts((before) => [...before, { id, words }])
    }
    return () => {
      show = () => undefined
    }
  }, [])
  const end = (id: number): void => setToasts((before) => before.filter((one) => one.id !== id))
  return (
    <div className="toasts" role="status">
      {toasts.map(({ id, words }) => (
        <Message key={id} theme="success" duration={SHOWN_MS} onClose={() => end(id)}>
          {words}
        </Message>
      ))}
    </div>
  )
}
