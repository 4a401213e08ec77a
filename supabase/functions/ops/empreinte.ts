// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "a4015f95c1e01419a59a063081630400b7a565a9b099cad73460b9bf81975cb2";
