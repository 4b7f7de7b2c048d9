import { Progress } from 'tdesign-react/es/progress'

/** `value` from 0 to 1; `undefined`: it runs, nobody knows how far. */
export const ProgressBar = ({ value, label }: { readonly value: number | undefined; readonly label: string }) => {
  const percent = value === undefined ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100)
  return (
    <div
      role="progressbar"
      aria-label={label}
      {...(percent !== undefined && { 'aria-valuenow': percent, 'aria-valuemin': 0, 'aria-valuemax': 100 })}
    >
      <Progress percentage={percent ?? 100} label={false} status="active" />
    </div>
  )
}
