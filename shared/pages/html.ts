/** Text that is safe to stand in a page. */
export interface Html {
  readonly html: string
}

type Insertable = string | number | Html | readonly Html[]

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '')

const insert = (value: Insertable): string => {
  if (typeof value === 'string' || typeof value === 'number') return escape(String(value))
  return 'html' in value ? value.html : value.map((part) => part.html).join('')
}

/** Everything inserted is escaped, except what was made by this tag itself. */
export const html = (texts: TemplateStringsArray, ...values: readonly Insertable[]): Html => ({
  html: texts.reduce((page, text, index) => page + insert(values[index - 1] ?? '') + text),
})

export const nothing: Html = { html: '' }
