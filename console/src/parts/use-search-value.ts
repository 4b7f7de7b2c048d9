import { useSearchParams } from 'wouter'

/** A value in the address behind the `?`, so that a filter can be linked to and survives a reload. Empty: not there. */
export const useSearchValue = (name: string): readonly [value: string, set: (value: string) => void] => {
  const [params, setParams] = useSearchParams()
  const set = (value: string): void =>
    setParams(
      () => {
        // Of this moment: two values may be set one after the other.
        const after = new URLSearchParams(location.search)
        if (value === '') after.delete(name)
        else after.set(name, value)
        return after
      },
      { replace: true },
    )
  return [params.get(name) ?? '', set]
}
