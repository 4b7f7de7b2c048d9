/** A refusal in the service's own form. Text in ((double parentheses)) is the emulator's, never the service's. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError'

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

export const invalidParam = (message: string): ServiceError => new ServiceError('INVALID_PARAM', message)

export const requestFailed = (message: string): ServiceError =>
  new ServiceError('DATABASE_REQUEST_FAILED', `[FailedOperation] ${message}`)

/** The misspelling is the service's. */
export const invalidOperator = (message: string): ServiceError =>
  new ServiceError('DATABASE_INVALID_OPERRATOR', message)

export const notEmulated = (what: string): ServiceError => requestFailed(`((not emulated: ${what}))`)

export const collectionMissing = (name: string): ServiceError =>
  new ServiceError('DATABASE_COLLECTION_NOT_EXIST', `[ResourceNotFound] Db or Table not exist: ${name}`)

const ADVICE = 'Please check your request, but if the problem persists, contact us.'

export const transactionConflict = (): ServiceError =>
  new ServiceError(
    'DATABASE_TRANSACTION_CONFLICT',
    `[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others. ${ADVICE}`,
  )

export const transactionMissing = (): ServiceError =>
  new ServiceError(
    'DATABASE_TRANSACTION_FAIL',
    `[ResourceUnavailable.TransactionNotExist] Transaction does not exist on the server, transaction must be commit or abort in 30 seconds. ${ADVICE}`,
  )

/** A unique value is taken. Reported to callers in one of two ways, see `DatabaseOptions.duplicateError`. */
export class DuplicateKey extends Error {
  override readonly name = 'DuplicateKey'

  constructor(collection: string, index: string, values: readonly unknown[]) {
    super(`collection: ${collection} index: ${index} dup key: ${JSON.stringify(values)}`)
  }

  /** The words of the two reports differ wholly, so that a caller who knows only one of them is found out. */
  asServiceError(form: 'DATABASE_DUPLICATE_WRITE' | 'E11000'): ServiceError {
    return form === 'E11000'
      ? requestFailed(
          `multiple write errors: [{write errors: [{E11000 duplicate key error ${this.message}}]}, {<nil>}]`,
        )
      : new ServiceError(
          'DATABASE_DUPLICATE_WRITE',
          `((a unique value is taken, ${this.message.replace('dup key', 'values')}))`,
        )
  }
}

/** The document is held by a transaction; the plain write that met it may try again after `released`. */
export class DocumentLocked extends Error {
  override readonly name = 'DocumentLocked'

  constructor(
    readonly transactionId: string,
    readonly released: Promise<void>,
  ) {
    super('document is locked by a transaction')
  }
}
