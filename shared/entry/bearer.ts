import type { HttpRequest } from '../http-message.ts'

/** What stands behind `Authorization: Bearer`. */
export const bearerOf = ({ headers }: HttpRequest): string | undefined =>
  /^Bearer +(\S+)$/i.exec(headers['authorization'] ?? '')?.[1]
