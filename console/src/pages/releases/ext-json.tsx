/** `ext_json` in lines, or as it is where it is no JSON. */
export const ExtJson = ({ text }: { readonly text: string }) => <pre tabIndex={0}>{inLines(text)}</pre>

const inLines = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    return text
  }
}
