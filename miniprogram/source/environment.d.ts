/** Id of the CloudBase environment, put in by the build; empty: the mini program's first one. */
declare const ENV_ID: string

/** Names of the operations that change something. */
declare const CHANGING_OPERATIONS: readonly string[]
