// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "9cfcdeb6988a7f837524d4ec2bae5d35ccc3bcd6fafe8eeca0a7dc2a50cbf8b2";
