// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "19c177fe00f93248b2bf7e97731026e837862c10d8bf838b8ce9a730ebea5ade";
