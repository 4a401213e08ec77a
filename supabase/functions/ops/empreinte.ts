// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "7cf7c3a224d814d6303a4c41fdce96f318c4c40a0fa572f91f4611d99f48e12f";
