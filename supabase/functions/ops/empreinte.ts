// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "5562d9334e70ca6b194fe03db7ac69ca39a91339b9666edfd40958f592ee26f1";
