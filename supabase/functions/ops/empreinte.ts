// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "e05b07d026f2c787a90ae4ea03297f1a7852dcf6d6bb6d77259a6c7f11a10992";
