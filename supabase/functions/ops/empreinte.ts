// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "2c283857c3d3a6ea553c51a838d6495d10b64f1c4c50525478b5b1be58198c58";
