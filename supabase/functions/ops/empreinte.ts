// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "5c2784690e86bb4592b46d6e9074641adb16e3312db4e33e7ba2ac57780e2beb";
