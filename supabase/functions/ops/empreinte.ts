// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "e100c367e08cacfd173111adb44432076b43463febbad7eacc153b244393353f";
