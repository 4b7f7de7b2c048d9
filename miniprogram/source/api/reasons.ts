/** A reviewer's reason as plain text: WeChat writes line breaks as `<br>`. */
export const plainReason = (reason: string | undefined): string =>
  (reason ?? '')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .trim()
