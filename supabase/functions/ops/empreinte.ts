// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "f0018af947a5c6aa953049985a02f3162d635e93722c308ee53592eba720c364";
