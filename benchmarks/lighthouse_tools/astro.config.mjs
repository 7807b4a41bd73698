// A plain Starlight site: what its own guide begins with.
import { defineConfig } from "astro/config";
import starlight from "@astrojs/starlight";

export default defineConfig({ integrations: [starlight({ title: "A plain site" })] });
