// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "5383c5d9b2dfc597687b3cb9fe252650dbc50ad0d2e94478a12dc8337c82bad4";
