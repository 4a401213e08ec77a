// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "2740548adf51518601b8233be4a8cde28949c7acfe5619ca7fac1f86e9ff61af";
