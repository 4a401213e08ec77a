/** A port of 127.0.0.1 that nothing listens on. */
export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}

/** A data folder to throw away. As root the server runs as another user, who may pass through but not look around. */
export async function temporaryDataDir(prefix: string): Promise<string> {
  const dataDir = await Deno.makeTempDir({ prefix });
  if (Deno.uid() === 0) await Deno.chmod(dataDir, 0o711);
  return dataDir;
}
