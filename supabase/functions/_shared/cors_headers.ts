// What another origin's page may send to the doors, and read of their answers.

export const ALLOWED_HEADERS = [
  ...["authorization", "apikey", "content-type", "accept", "idempotency-key", "if-match", "x-request-id"],
  ...["traceparent", "tracestate"],
  // What supabase-js and supabase_flutter, 1 and 2, put on any request of theirs.
  ...[
    "x-client-info",
    "x-region",
    "x-supabase-api-version",
    "x-supabase-client-platform",
    "x-supabase-client-runtime",
  ],
  ...["x-supabase-client-platform-version", "x-supabase-client-runtime-version", "x-retry-count", "x-upsert"],
  ...[
    "prefer",
    "range",
    "range-unit",
    "accept-profile",
    "content-profile",
    "accept-language",
    "cache-control",
    "if-none-match",
  ],
];
export const EXPOSED_HEADERS = [
  ...["x-request-id", "idempotency-replayed", "retry-after", "x-next-cursor", "etag", "content-disposition"],
  "x-deployed-commit",
  "traceparent",
];
