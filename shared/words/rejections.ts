/** The reason of those to whom WeChat told none. */
export const NO_REASON = '-'
