/** Says only that the function did not end well; why stands in the text. */
const WRAPPERS: readonly number[] = [-1, -404011, -404012]

/**
 * The number under which WeChat's cloud says why no function answered. The client library has it in `errCode`, as a number or as text, or
 * wraps it: `errCode: -504003 | errMsg: …`, `cloud function service error code -504002`, `cloud.callFunction:fail -501000 …`.
 */
export function cloudReason(cause: unknown): number | undefined {
  const { errCode, errMsg, message }: { errCode?: unknown; errMsg?: unknown; message?: unknown } =
    typeof cause === 'object' && cause !== null ? cause : {}
  const text = [errMsg, message, cause].find((one) => typeof one === 'string') ?? ''
  const outer = typeof errCode === 'string' && /^-?\d+$/.test(errCode) ? Number(errCode) : errCode
  const named = typeof outer === 'number' ? [outer] : []
  // A request id holds digits behind hyphens too.
  const inner = [...text.matchAll(/(?:^|[^\w-])(-\d{6})(?![\w-])/g)].map(([, digits]) => Number(digits))
  const all = [...named, ...inner]
  return all.filter((number) => !WRAPPERS.includes(number)).at(-1) ?? all[0]
}
