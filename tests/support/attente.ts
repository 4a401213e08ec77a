/**
 * Between two looks at what nothing tells of but looking: a log that another process writes, a session that is to wait.
 * Looked at without a rest, it would be the look that takes the processor.
 */
export const unMoment = (): Promise<void> => new Promise((suite) => setTimeout(suite, 10));
