import { useEffect, useState } from 'react'

/** The value, once it has not changed for a while. */
export function useSettled<T>(value: T, quietMs: number): T {
  const key = JSON.stringify(value)
  const [settled, setSettled] = useState({ key, value })
  useEffect(() => {
    if (key === settled.key) return undefined
    const timer = setTimeout(() => setSettled({ key, value }), quietMs)
    return () => clearTimeout(timer)
  }, [key, settled.key, value, quietMs])
  return settled.value
}
