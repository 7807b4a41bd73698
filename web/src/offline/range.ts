/** A part of a file that is kept whole. Safari plays no film whose server, here the worker, gives it no parts. */

const RANGE = /^bytes=(\d*)-(\d*)$/;

/** The first and the last byte that a `Range` header asks for; `null`: past the end; `undefined`: give the whole file. */
export function span(range: string | null, size: number): readonly [number, number] | null | undefined {
  const found = RANGE.exec(range?.trim() ?? "");
  if (found === null) return undefined; // none, several at once, or not bytes: a server may then send everything
  const [first, last] = [found[1] ?? "", found[2] ?? ""];
  if (first === "" && last === "") return undefined;
  if (first === "") return Number(last) === 0 || size === 0 ? null : [Math.max(0, size - Number(last)), size - 1];
  if (last !== "" && Number(last) < Number(first)) return undefined;
  if (Number(first) >= size) return null;
  return [Number(first), last === "" ? size - 1 : Math.min(Number(last), size - 1)];
}

/** What is answered to a request for a kept file: all of it (200), a part (206), or that there is no such part (416). */
export async function part(whole: Response, range: string | null): Promise<Response> {
  const blob = await whole.blob(); // a film stays on the disk: only what is cut from it is read
  const found = span(range, blob.size);
  const headers = new Headers({
    "Accept-Ranges": "bytes",
    "Content-Type": whole.headers.get("Content-Type") ?? "application/octet-stream",
  });
  if (found === null) {
    headers.set("Content-Range", `bytes */${blob.size}`);
    return new Response(null, { status: 416, headers });
  }
  const [first, last] = found ?? [0, blob.size - 1];
  headers.set("Content-Length", String(last - first + 1));
  if (found !== undefined) headers.set("Content-Range", `bytes ${first}-${last}/${blob.size}`);
  return new Response(blob.slice(first, last + 1), { status: found === undefined ? 200 : 206, headers });
}
