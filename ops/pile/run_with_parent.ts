// Runs a module, and ends with the stack: the stack holds the other end of stdin, so that even a stack killed
// with -9 leaves no process behind.
(async () => {
  for await (const _ of Deno.stdin.readable) { /* nothing is ever said */ }
  Deno.exit(0);
})();

await import(Deno.args[0]!);
