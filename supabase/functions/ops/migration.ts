/** Version of the last file of supabase/migrations these functions were written for; a test keeps it so. */
export const MIGRATION_ATTENDUE = "20261126000000";
