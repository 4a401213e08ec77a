// What PostgreSQL says, as an operator reads it: a refusal of a rule is one line, and what is left of ERROR is a fault.

/** Beginning of an entry: moment, process, application, SQLSTATE, severity. As log_line_prefix says. */
const ENTRY = /^\d{4}-\d\d-\d\d [\d:.]+ \S+ \[\d+\] .*? ([0-9A-Z]{5}) ([A-Z]+): {2}/;

/**
 * A refusal is an answer to a person, who has read its sentence: its code stays, with the request it answered, and not
 * its detail, hint, context and statement. What the database failed at by itself keeps them all.
 */
export function refusalsInALine(write: (line: string) => void): (line: string) => void {
  let refusal = false;
  return (line) => {
    const [, state, severity] = line.match(ENTRY) ?? [];
    if (state === undefined) {
      // The rest of an entry: a statement of several lines, a context.
      if (!refusal) write(line);
      return;
    }
    refusal = state.startsWith("PT");
    if (!refusal) write(line);
    else if (severity === "ERROR") write(line.replace("ERROR:  ", "REFUS:  "));
  };
}
