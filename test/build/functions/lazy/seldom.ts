process.env.SELDOM_LOADED = 'yes'

export const answer = 'seldom'
