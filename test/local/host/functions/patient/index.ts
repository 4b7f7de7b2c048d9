/** The same with more time, for what is large: a busy machine takes more than a second for it. */
export { main } from '../echo/index.ts'
