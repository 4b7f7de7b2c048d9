import { createHash } from 'node:crypto'
import type { SealKey } from '../../shared/cloudbase/sealing.ts'

export const sealKey = (id: string): SealKey => ({ id, secret: createHash('sha256').update(id).digest() })
