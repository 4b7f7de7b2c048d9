/** The service's limits. Sources differ by plan and year; these are the figures the emulator holds callers to. */
export const limits = {
  /** A query without `limit` answers so many documents. */
  defaultQueryLimit: 100,
  /** A larger `limit` is cut to this. */
  maxQueryLimit: 1000,
  /** An aggregation without `$limit` is cut to this. */
  defaultAggregateLimit: 20,
  maxAggregateLimit: 10_000,
  /** The engine's own bound. WeChat's pages speak of 512 KB from a client; keep documents far smaller. */
  maxDocumentBytes: 16 * 1024 * 1024,
  maxRequestBytes: 5 * 1024 * 1024,
  maxReplyBytes: 16 * 1024 * 1024,
  maxCollections: 300,
  maxIndexesPerCollection: 20,
  transactionLifeMs: 30_000,
  /** ((How long a plain write waits for a document that a transaction holds.)) */
  lockWaitMs: 10_000,
  /** ((Keys on disk are bounded by LMDB, 1,978 bytes with the collection's name.)) */
  maxIdBytes: 1024,
  maxCollectionNameBytes: 256,
} as const
