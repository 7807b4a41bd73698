/** The studio's script: what a page can do without it, it does without it. What a screen needs more is fetched by what is on it. */

export {};
