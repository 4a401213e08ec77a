// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "4aedb5a052c39d12c1168a2739c9d5cab0e4929df165f7c9460e1e3a21aef393";
