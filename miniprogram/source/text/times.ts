const twoDigits = (number: number): string => String(number).padStart(2, '0')

/** `11-24 20:05` on this phone's clock, with the year in front unless it is this one. Nothing for nothing. */
export function formatTime(iso: string | null | undefined): string {
  if (iso === null || iso === undefined) return ''
  const time = new Date(iso)
  const day = `${twoDigits(time.getMonth() + 1)}-${twoDigits(time.getDate())}`
  const year = time.getFullYear() === new Date().getFullYear() ? '' : `${time.getFullYear()}-`
  return `${year}${day} ${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`
}
