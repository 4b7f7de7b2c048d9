import { useLayoutEffect, useRef } from 'react'
import './progress-bar.css'

/** `value` from 0 to 1; `undefined`: it runs, nobody knows how far. */
export const ProgressBar = ({ value, label }: { readonly value: number | undefined; readonly label: string }) => {
  const bar = useRef<HTMLDivElement>(null)
  const percent = value === undefined ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100)
  useLayoutEffect(() => {
    bar.current?.style.setProperty('width', percent === undefined ? '30%' : `${percent}%`)
  }, [percent])
  return (
    <div
      className={percent === undefined ? 'progress-bar endless' : 'progress-bar'}
      role="progressbar"
      aria-label={label}
      {...(percent === undefined ? {} : { 'aria-valuenow': percent, 'aria-valuemin': 0, 'aria-valuemax': 100 })}
    >
      <div ref={bar} />
    </div>
  )
}
