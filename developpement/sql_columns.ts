// SQL in 120 columns. Only what is too long is touched, and only between words: what a person laid out stays theirs.
import { loadModule, parseSync } from "libpg-query";

export const COLUMNS = 120;
const INDENT = "  ";

type Kind = "space" | "comment" | "text" | "word" | "sign";
interface Token {
  kind: Kind;
  text: string;
}

/** A body between dollars is SQL or PL/pgSQL, whose words are the same: its delimiters are words, what it holds is read. */
const TOKEN =
  /(?<space>[ \t]+)|(?<comment>--.*|\/\*[^]*?\*\/)|(?<text>[EeBbXx]?'(?:[^']|'')*'|"(?:[^"]|"")*")|(?<word>\$\w*\$|[\w.$%À-ɏ]+)|(?<sign>::|:=|=>|[^])/gu;

function tokensOf(line: string): Token[] {
  return [...line.matchAll(TOKEN)].map(({ 0: text, groups }) => ({
    kind: Object.entries(groups!).find(([, found]) => found !== undefined)![0] as Kind,
    text,
  }));
}

const width = (text: string) => [...text].length;
const fits = (text: string) => width(text) <= COLUMNS;

/** Words in lines of at most `room`, each but the last with its space. */
function fill(text: string, room: number): string[] {
  const lines = [""];
  for (const word of text.match(/\s*\S+\s*|\s+/g) ?? []) {
    const last = lines.length - 1;
    if (lines[last] && width((lines[last] + word).trimEnd()) > room) lines.push(word);
    else lines[last] += word;
  }
  return lines;
}

const RULED = /^(-- .*? )-{5,}$/;

/** A comment that has the line to itself; a ruled title loses some of its rule. */
function wrapComment(indent: string, text: string): string[] {
  const ruled = text.match(RULED);
  if (ruled) return [indent + ruled[1] + "-".repeat(COLUMNS - width(indent + ruled[1]))];
  return fill(text.replace(/^--\s*/, ""), COLUMNS - width(indent) - 3).map((line) =>
    `${indent}-- ${line.trimEnd()}`
  );
}

/** Literals on lines that follow each other are one: the standard's own way to write a long one. */
function wrapText(indent: string, literal: string, after: string): string[] {
  const pieces = fill(literal.slice(1, -1), COLUMNS - width(indent) - 2 - width(after));
  return pieces.map((piece, rank) => `${indent}'${piece}'${rank === pieces.length - 1 ? after : ""}`);
}

/** Words a clause begins with: the line is cut before them rather than anywhere. */
const CLAUSE =
  /^(and|or|else|when|from|where|join|left|on|order|group|having|limit|returning|values|set|select|returns|language|security|references|check|using|with|for|union|into)$/i;
/** What a line begins with that is no item of a list begun above it: what is cut from it goes further in. */
const BEGINS =
  /^(select|insert|update|delete|perform|return|returning|raise|execute|grant|revoke|create|alter|drop|comment|from|order|group|values|set|with|if|elsif|for|do|case|when|and|or|to|on)$/i;
/** How many columns of the line each is worth giving up. */
const COST = { depth: 60, elsewhere: 40 };

/** Where to cut: as far right as the line goes, as little inside parentheses, rather between clauses or after a comma. */
function cut(tokens: Token[], indent: number): { at: number; sameList: boolean } | undefined {
  let [column, depth, score] = [indent, 0, -Infinity];
  let best: { at: number; sameList: boolean } | undefined;
  tokens.forEach(({ kind, text }, at) => {
    const next = tokens[at + 1];
    if (kind === "space" && column <= COLUMNS && next && next.kind !== "comment") {
      const comma = tokens[at - 1]!.text === ",";
      const good = comma || CLAUSE.test(next.text);
      const value = column - Math.max(depth, 0) * COST.depth - (good ? 0 : COST.elsewhere);
      if (value > score) {
        score = value;
        best = { at, sameList: comma && depth === 0 && !BEGINS.test(tokens[0]!.text) };
      }
    }
    if (text === "(" || text === "[") depth++;
    if (text === ")" || text === "]") depth--;
    column += width(text);
  });
  return best;
}

const textOf = (tokens: Token[]) => tokens.map(({ text }) => text).join("").trimEnd();

/** A line whose first word, a literal, is too long for any: it is parted from what comes after it, then cut in pieces. */
function wrapFirstWord(tokens: Token[], indent: string, deeper: string): string[] | undefined {
  const at = tokens.findIndex(({ kind }) => kind === "space");
  if (at < 1 || at === tokens.length - 1) return undefined;
  return [tokens.slice(0, at), tokens.slice(at + 1)].flatMap((part, rank) => {
    const further = rank ? deeper : indent;
    return wrapLine(further + textOf(part), further, deeper);
  });
}

function wrapLine(line: string, indent: string, deeper: string): string[] {
  if (fits(line)) return [line];
  const tokens = tokensOf(line.slice(indent.length));
  const last = tokens.at(-1)!;
  if (last.kind === "comment" && last.text.startsWith("--")) {
    const code = textOf(tokens.slice(0, -1));
    return [...wrapComment(indent, last.text), ...(code ? wrapLine(indent + code, indent, deeper) : [])];
  }
  const literal = tokens.findIndex(({ kind, text }) => kind === "text" && text.startsWith("'"));
  const after = literal < 0 ? "" : textOf(tokens.slice(literal + 1));
  // A literal that ends the line goes to the next one whole, or in pieces.
  if (literal >= 0 && /^[;,)]*$/.test(after)) {
    const before = textOf(tokens.slice(0, literal));
    const alone = before ? deeper : indent;
    const whole = alone + tokens[literal]!.text + after;
    const own = fits(whole) ? [whole] : wrapText(alone, tokens[literal]!.text, after);
    if (!before) return own;
    // Where it is one argument among others, cutting the line between two of them reads better.
    if (!/[(,|]$/.test(before) || !cut(tokens, indent.length)) {
      return [...wrapLine(indent + before, indent, deeper), ...own];
    }
  }
  const found = cut(tokens, indent.length);
  if (!found) return wrapFirstWord(tokens, indent, deeper) ?? [line];
  const further = found.sameList ? indent : deeper;
  const [first, rest] = [textOf(tokens.slice(0, found.at)), textOf(tokens.slice(found.at + 1))];
  return [indent + first, ...wrapLine(further + rest, further, further === indent ? deeper : further)];
}

const COMMENT = /^(\s*)-- (?=[\p{L}\d(«`])/u;

/** A literal that has the line to itself, with what may come after it. */
const PIECE = /^(\s*)'((?:[^']|'')*)'([;,)]*)$/;

/** What does not fit in a line of a commented paragraph, or of a literal in pieces, goes to the line after it, to its end. */
function wrapParagraphs(lines: string[], kept: Set<number>): string[] {
  const out = [...lines];
  for (let rank = 0; rank < out.length; rank++) {
    const [bare, next] = [out[rank]!.trimEnd(), out[rank + 1]];
    const [piece, following] = [bare, next].map((line) => line?.match(PIECE));
    if (piece && following && !piece[3] && piece[1] === following[1] && !fits(bare)) {
      const [first, ...rest] = wrapText(piece[1]!, bare.trim(), "");
      const over = rest.map((line) => line.trim().slice(1, -1)).join("");
      out[rank] = first!;
      out[rank + 1] = `${piece[1]}'${over}${following[2]}'${following[3]}`;
      continue;
    }
    const [, indent] = bare.match(COMMENT) ?? [];
    if (fits(bare) || indent === undefined || kept.has(rank) || next?.match(COMMENT)?.[1] !== indent) {
      continue;
    }
    if (RULED.test(bare.trim()) || RULED.test(next.trim())) continue;
    const [first, ...rest] = wrapComment(indent, bare.trim());
    out[rank] = first!;
    out[rank + 1] = `${indent}-- ${[...rest, next].map((line) => line.trim().replace(/^-- /, "")).join(" ")}`;
  }
  return out;
}

/** Lines whose beginning or end is inside a literal or a comment of several lines: what they hold is nobody's to lay out. */
function untouchable(text: string): Set<number> {
  const lines = new Set<number>();
  let line = 0;
  for (const [token] of text.matchAll(TOKEN)) {
    const end = line + token.split("\n").length - 1;
    if (token !== "\n") { for (let one = line; one <= end && end > line; one++) lines.add(one); }
    line = end;
  }
  return lines;
}

/** The same SQL without blanks at the ends of lines, and, where words allow it, in 120 columns. */
export function inColumns(text: string): string {
  const kept = untouchable(text);
  return wrapParagraphs(text.split("\n"), kept).flatMap((line, rank) => {
    if (kept.has(rank)) return [line];
    const bare = line.trimEnd();
    const indent = bare.match(/^\s*/)![0];
    return wrapLine(bare, indent, indent + INDENT);
  }).join("\n");
}

/** Literals in pieces joined, comments left out: what a body says, however it is laid out. */
function withoutSeams(body: string): string {
  const parts = [...body.matchAll(TOKEN)].map(([text]) => text).filter((text) => !/^(--|\/\*)/.test(text));
  return parts.join("").replaceAll(/(?<=[^'])'\s*\n\s*'(?=[^'])/g, "");
}

const spoken = (body: string) =>
  tokensOf(withoutSeams(body).replaceAll("\n", " ")).filter(({ kind }) => kind !== "space").map(({ text }) =>
    text
  ).join(" ");

/** Whether two trees of PostgreSQL's parser say the same, places apart; of a body between dollars, blanks too. */
function sameTree(one: unknown, other: unknown): boolean {
  if (typeof one === "string" && typeof other === "string") {
    return one === other || (/\n/.test(one + other) && spoken(one) === spoken(other));
  }
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return one === other;
  const entries = Object.entries(one).filter(([key]) => !/location$|_len$/.test(key));
  const others = Object.entries(other).filter(([key]) => !/location$|_len$/.test(key));
  return entries.length === others.length &&
    entries.every(([key, value]) => sameTree(value, (other as Record<string, unknown>)[key]));
}

/** Formats a file's text, and asks PostgreSQL's parser whether it still says the same. Throws where it does not. */
export async function formatSql(text: string): Promise<string> {
  const formatted = inColumns(text);
  if (formatted === text) return text;
  await loadModule();
  if (!sameTree(parseSync(formatted).stmts, parseSync(text).stmts)) {
    throw new Error(
      `cut in ${COLUMNS} columns it would say something else; shorten its long lines by hand`,
    );
  }
  return formatted;
}
