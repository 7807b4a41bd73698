/** Fetching the index, once for a page; and where the site's root is. */

import { Finder } from "./finder.ts";
import { type IndexFile, readIndex, readNicknames } from "./index.ts";

/** The scripts lie in assets/web/, whatever folder the site lies in. */
export const ROOT = new URL("../../", import.meta.url);

let loading: Promise<Finder> | undefined;

async function fetched(name: string): Promise<Response> {
  const answer = await fetch(new URL(`assets/finder/${name}`, ROOT));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer;
}

/** The finder, ready. Fails when the index cannot be fetched; a later call tries again. */
export function load(): Promise<Finder> {
  loading ??= fetched("index.json")
    .then(async (answer) => {
      const index = readIndex((await answer.json()) as IndexFile);
      return new Finder(index, async () =>
        readNicknames(await (await fetched("nicknames.txt")).text()),
      );
    })
    .catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
  return loading;
}
