/** Fetching the index, once for a page; and where the site's root is. */

import { Finder } from "./finder.ts";
import { type IndexFile, readIndex, VERSION } from "./index.ts";
import type { MoreFile } from "./more.ts";
import type { SignsFile } from "./signs.ts";

/** The scripts are in assets/web/, whatever folder the site is in. */
export const ROOT = new URL("../../", import.meta.url);

/** Told to a form before its search comes after all, or something else is said in its place: what was said there goes. */
export const FOUND = "kp-found";

let loading: Promise<Finder> | undefined;

/** A file of the finder's. Fails when it cannot be had. */
export async function fetched(name: string, how?: RequestInit): Promise<Response> {
  return checked(await fetch(new URL(`assets/finder/${name}`, ROOT), how));
}

function checked(answer: Response): Response {
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  return answer;
}

/** The finder, ready. `asked` is the index on its way. Fails when it does not come; a later call tries again. */
export function load(asked: Promise<Response>): Promise<Finder> {
  loading ??= asked
    .then(async (answer) => {
      let file = (await checked(answer).json()) as IndexFile;
      // For some minutes the browser may have that of the edition before.
      if (file.v !== VERSION) file = (await (await fetched("index.json", { cache: "reload" })).json()) as IndexFile;
      const index = readIndex(file);
      return new Finder(
        index,
        async (alone) => {
          const asked = [fetched("more.json"), import("./more.ts")] as const;
          const [answer, { withMore }] = await Promise.all(asked);
          let more = (await answer.json()) as MoreFile;
          if (more.v !== VERSION) more = (await (await fetched("more.json", { cache: "reload" })).json()) as MoreFile;
          return withMore(alone, more);
        },
        async () => (await (await fetched("signs.json")).json()) as SignsFile,
      );
    })
    .catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
  return loading;
}
