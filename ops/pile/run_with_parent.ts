// Runs a module, and ends with the stack: the stack holds the other end of stdin, so that even a stack killed
// with -9 leaves no process behind. Told to stop, it first answers what its servers have in hand.
(async () => {
  for await (const _ of Deno.stdin.readable) { /* nothing is ever said */ }
  Deno.exit(0);
})();

const servers: Deno.HttpServer<Deno.Addr>[] = [];
Object.defineProperty(Deno, "serve", {
  value: new Proxy(Deno.serve, {
    apply: (serve, self, how) => {
      const server: Deno.HttpServer<Deno.Addr> = Reflect.apply(serve, self, how as Parameters<typeof serve>);
      servers.push(server);
      return server;
    },
  }),
});
Deno.addSignalListener("SIGTERM", async () => {
  await Promise.all(servers.map((server) => server.shutdown()));
  Deno.exit(0);
});

await import(Deno.args[0]!);
