import axios from 'axios'

process.env.SELDOM_LOADED = 'yes'

export const answer = typeof axios.post === 'function' ? 'seldom' : 'broken'
