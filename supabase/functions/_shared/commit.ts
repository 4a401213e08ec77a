// git archive fills this in (see .gitattributes): functions deployed from an archive say which commit they are of.
const ARCHIVED = "$Format:%H$";

/** Commit of the code that runs; null where neither the archive nor the environment says. */
export const COMMIT = ARCHIVED.startsWith("$") ? Deno.env.get("DEPLOYED_COMMIT") || null : ARCHIVED;
