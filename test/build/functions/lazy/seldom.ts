import axios from 'axios'

process.env.SELDOM_LOADED = 'yes'

export const answer = typeof axios.post === 'function' ? 'seldom' : 'broken'

export const refuse = (): never => {
  throw new Error('refused')
}
