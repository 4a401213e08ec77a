// The engine that is always there, by itself: what it lets through, what it finds, however it is hidden.
import assert from "node:assert/strict";
import fc from "fast-check";
import { zipSync, zlibSync } from "fflate";
import { analyserIci } from "../../../supabase/functions/_shared/analyse/integre.ts";
import {
  classeur,
  coller,
  csv,
  EICAR,
  jpeg,
  octets,
  pdf,
  pdfAvecFlux,
  png,
  programme,
  XLSX,
} from "./fichiers.ts";

const PDF = "application/pdf";
const dit = (contenu: Uint8Array, type = PDF) => {
  const { verdict, signature } = analyserIci(contenu, type);
  return signature ? `${verdict} ${signature}` : verdict;
};

Deno.test("a depot's own papers pass", () => {
  assert.equal(dit(pdf()), "SAIN");
  assert.equal(
    dit(pdfAvecFlux("/Type /ObjStm /N 1 /First 4", octets("<< /Type /Annot /Subtype /Link >>"))),
    "SAIN",
  );
  assert.equal(dit(classeur(), XLSX), "SAIN");
  // As SheetJS writes them all, whatever they hold.
  const dits =
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>';
  const types = { "[Content_Types].xml": octets(`<Types>${dits}</Types>`) };
  assert.equal(dit(classeur(types), XLSX), "SAIN");
  assert.equal(dit(classeur({ ...types, "xl/a.bin": octets("a") }), XLSX), "REJETE Classeur.Macro");
  assert.equal(dit(csv(), "text/csv"), "SAIN");
  assert.equal(dit(octets("nom;volume\n=A1+B1;-12,5\n"), "text/csv"), "SAIN");
  for (const image of [png(), jpeg("une photo")]) assert.equal(dit(image, "image/jpeg"), "SAIN");
  // A blank page of a scanner is nothing, two thousand times.
  const blanche = pdfAvecFlux("/Subtype /Image /Width 9 /Height 9", new Uint8Array(20 * 1024 * 1024));
  assert.equal(dit(blanche), "SAIN");
});

Deno.test("EICAR is found wherever it lies, and however a workbook folds it", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), fc.uint8Array({ maxLength: 2000 }), (avant, apres) => {
      assert.match(dit(coller(avant, octets(EICAR), apres), "text/csv"), /^INFECTE Eicar/);
      assert.match(
        dit(classeur({ "xl/media/a.bin": coller(avant, octets(EICAR), apres) }), XLSX),
        /^INFECTE Eicar/,
      );
    }),
    { numRuns: 40 },
  );
  const loin = coller(new Uint8Array(300_000).fill(65), octets(EICAR), new Uint8Array(300_000).fill(66));
  assert.match(dit(classeur({ "xl/media/a.bin": loin }), XLSX), /^INFECTE Eicar/);
});

Deno.test("what a PDF could do is found in plain, in hexadecimal letters, in a compressed stream and beyond its end", () => {
  const noms: [string, string][] = [
    ["/JavaScript", "PDF.JavaScript"],
    ["/Launch", "PDF.Launch"],
    ["/EmbeddedFile", "PDF.EmbeddedFile"],
    ["/RichMedia", "PDF.RichMedia"],
    ["/Encrypt", "PDF.Chiffre"],
  ];
  for (const [nom, signature] of noms) {
    assert.equal(dit(pdf(`4 0 obj << /S ${nom} >> endobj\n`)), `REJETE ${signature}`);
    assert.equal(dit(coller(pdf(), octets(`\n5 0 obj << /S ${nom} >> endobj`))), `REJETE ${signature}`);
    const cache = octets(`${"x".repeat(20_000)} << /S ${nom} >>`);
    for (const dictionnaire of ["/Type /ObjStm", "/Type /ObjStm /Subtype /Image /Width 9", "/Length 3"]) {
      assert.equal(dit(pdfAvecFlux(dictionnaire, cache)), `REJETE ${signature}`, dictionnaire);
    }
  }
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }), (codees) => {
      const nom = [..."JavaScript"].map((lettre, i) =>
        codees[i] ? `#${lettre.charCodeAt(0).toString(16)}` : lettre
      ).join("");
      assert.equal(dit(pdf(`4 0 obj << /S /${nom} >> endobj\n`)), "REJETE PDF.JavaScript");
    }),
    { numRuns: 50 },
  );
  assert.equal(
    dit(pdf("4 0 obj << /Type /ObjStm /Filter [/ASCIIHexDecode /FlateDecode] >>\nstream\n78\nendstream\n")),
    "REJETE PDF.Couvert",
  );
});

Deno.test("what a reader would unfold is unfolded here, whatever is said around it", () => {
  const cache = octets("<< /S /JavaScript >>");
  const plie = zlibSync(cache, { level: 6 });
  const flux = (dictionnaire: string, contenu: Uint8Array, ligne = "stream\n") =>
    dit(coller(
      octets(`%PDF-1.5\n9 0 obj\n<< ${dictionnaire} >>\n${ligne}`),
      contenu,
      octets("\nendstream\nendobj\n%%EOF\n"),
    ));
  const objets = "/Type /ObjStm /N 1 /First 4";
  for (const ligne of ["stream \n", "stream\t\r\n", `stream${" ".repeat(500)}\n`]) {
    assert.equal(flux(`${objets} /Filter /FlateDecode`, plie, ligne), "REJETE PDF.JavaScript");
  }
  // A last block that is missing, an end that is written in what is folded.
  assert.equal(flux(`${objets} /Filter /FlateDecode`, plie.slice(0, -4)), "REJETE PDF.JavaScript");
  const coupe = coller(
    Uint8Array.of(0x78, 0x01, 0, 9, 0, 246, 255),
    octets("endstream"),
    plie.slice(2),
  );
  assert.equal(flux(`${objets} /Filter /FlateDecode`, coupe), "REJETE PDF.Incomplet");
  // Folded twice, as differences, or by a filter that is said elsewhere.
  const couverts = [
    "/Filter [/FlateDecode /FlateDecode]",
    "/Filter 7 0 R",
    "/Filter /LZWDecode",
    "/Filter /FlateDecode /DecodeParms << /Predictor 12 >>",
  ];
  for (const filtre of couverts) {
    assert.equal(flux(`${objets} ${filtre}`, zlibSync(plie)), "REJETE PDF.Couvert", filtre);
  }
  // A picture by what its texts, its comments or its length make of it.
  const images = [
    `/X (\n1 0 obj /Subtype /Image )`,
    `% 1 0 obj\n /Subtype /Image`,
    `/X (\n1 0 obj \\( x) /Image`,
  ];
  for (const image of [...images, `${" ".repeat(5000)} /Subtype /Image`]) {
    assert.equal(flux(`${objets} /Filter /FlateDecode ${image}`, plie), "REJETE PDF.JavaScript", image);
  }
  assert.equal(dit(pdf("4 0 obj << /Subtype /FileAttachment >> endobj\n")), "REJETE PDF.EmbeddedFile");
});

Deno.test("a file is read about once, whatever it is made of: none is made to hold the worker", () => {
  const plein = (debut: string, motif: string) =>
    octets(debut + motif.repeat((2 * 1024 * 1024 - debut.length) / motif.length));
  assert.equal(dit(plein("a;b\n", "\n"), "text/csv"), "SAIN");
  assert.equal(dit(plein("a;b\n", "\t= "), "text/csv"), "SAIN");
  const vide = "stream\nx\x01\x03\0\0\0\0\x01";
  for (const motif of ["stream ", "stream\n", vide, `${vide}endstream`]) {
    assert.match(dit(plein("%PDF-1.4\n", motif)), /^(SAIN|REJETE PDF.(Bombe|Incomplet))$/, motif);
  }
  // The same content under many names.
  const un = zipSync({ "xl/a.bin": new Uint8Array(1000) }, { level: 0 });
  const fin = new DataView(un.buffer).getUint32(un.length - 6, true);
  const entree = un.slice(fin, -22);
  const bout = un.slice(-22);
  const dits = new DataView(bout.buffer);
  dits.setUint16(8, 3, true);
  dits.setUint16(10, 3, true);
  dits.setUint32(12, 3 * entree.length, true);
  assert.equal(
    dit(coller(un.slice(0, fin), entree, entree, entree, bout), XLSX),
    "REJETE Classeur.Incoherent",
  );
});

Deno.test("a workbook with a macro, an object, a program, a link that runs, or two faces is refused", () => {
  const refuse = (entree: string, contenu = "x") => dit(classeur({ [entree]: octets(contenu) }), XLSX);
  assert.equal(refuse("xl/vbaProject.bin"), "REJETE Classeur.Macro");
  assert.equal(refuse("xl/macrosheets/sheet1.xml"), "REJETE Classeur.Macro");
  assert.equal(refuse("xl/embeddings/oleObject1.bin"), "REJETE Classeur.Objet");
  assert.equal(refuse("xl/a.exe"), "REJETE Classeur.Programme");
  assert.equal(refuse("../../etc/cron.d/a"), "REJETE Classeur.Chemin");
  assert.equal(
    refuse("xl/externalLinks/a.xml", "<externalLink><ddeLink ddeService='cmd'/></externalLink>"),
    "REJETE Classeur.Lien",
  );
  const deux = classeur();
  const autre = new TextDecoder("latin1").decode(deux).lastIndexOf("xl/workbook.xml");
  deux[autre + 3] = "W".charCodeAt(0);
  assert.equal(dit(deux, XLSX), "REJETE Classeur.Incoherent");
  assert.equal(dit(coller(octets("PK"), classeur()), XLSX), "REJETE Classeur.Incoherent");
  assert.equal(dit(classeur().slice(0, -5), XLSX), "REJETE Classeur.Incoherent");
});

Deno.test("a bomb is left alone long before it has unfolded", () => {
  const zeros = new Uint8Array(30 * 1024 * 1024);
  assert.equal(dit(classeur({ "xl/a.xml": zeros }), XLSX), "REJETE Classeur.Bombe");
  assert.equal(dit(pdfAvecFlux("/Type /ObjStm", zeros)), "REJETE PDF.Bombe");
  // Each within the ratio, too much together.
  const peu = crypto.getRandomValues(new Uint8Array(60_000));
  const melange = coller(...Array.from({ length: 8 }, () => coller(peu, new Uint8Array(3_300_000))));
  const plusieurs = Object.fromEntries(Array.from({ length: 4 }, (_, i) => [`xl/a${i}.bin`, melange]));
  assert.equal(dit(classeur(plusieurs), XLSX), "REJETE Classeur.Bombe");
});

Deno.test("two files in one, a program, a cell that runs one are refused", () => {
  const archive = zipSync({ "a.txt": octets("a") });
  assert.equal(dit(coller(pdf(), archive)), "REJETE Double.Archive");
  assert.equal(dit(coller(jpeg(), archive), "image/jpeg"), "REJETE Double.Archive");
  assert.equal(dit(jpeg("%PDF-1.4"), "image/jpeg"), "REJETE Double.Pdf");
  assert.equal(dit(jpeg("<script>alert(1)</script>"), "image/jpeg"), "REJETE Double.Page");
  assert.equal(dit(coller(png(), programme()), "image/png"), "REJETE Programme");
  assert.equal(dit(octets("a;b\n=cmd|'/c calc'!A0;1\n"), "text/csv"), "REJETE CSV.Commande");
  assert.equal(dit(octets("a;b\n1;\"@SUM(1+1)*cmd|'/c calc'!A0\"\n"), "text/csv"), "REJETE CSV.Commande");
});

Deno.test("whatever the bytes, it answers, and never throws", () => {
  const debuts = [
    octets("%PDF-1.4\nobj stream\n"),
    octets("PK\x03\x04"),
    classeur(),
    pdfAvecFlux("/ObjStm", octets("a")),
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...debuts),
      fc.uint8Array({ maxLength: 400 }),
      fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { maxLength: 12 }),
      fc.constantFrom(PDF, XLSX, "text/csv", "image/png"),
      (debut, suite, abimes, type) => {
        const contenu = coller(debut, suite);
        for (const [place, octet] of abimes) contenu[place % contenu.length] = octet;
        assert.match(dit(contenu, type), /^(SAIN|REJETE|INFECTE)/);
      },
    ),
    { numRuns: Number(Deno.env.get("DOCUMENTS_ESSAIS") ?? 200) },
  );
});
