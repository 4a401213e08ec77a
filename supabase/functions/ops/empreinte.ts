// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "ceda5a82099d1911ad44f86eb7361ae486b137ce0f4e7d2b459059e64acc56bc";
