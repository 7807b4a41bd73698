/** Words of scripts in another language: those that are there, with their values; English for all others. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { around, counted, phrase, type Words } from "../src/words.ts";

const WELSH: Words = {
  forms: { "Show all": ["Dangos popeth"], "{n} minute": ["{n} munud", "{n} funud"] },
  formFor: [0, 0, 1, 0],
};

test("words that the page carries are shown, all others in English", () => {
  assert.equal(phrase("Show all", {}, WELSH), "Dangos popeth");
  assert.equal(phrase("Results", {}, WELSH), "Results");
  assert.equal(phrase("Show all"), "Show all");
});

test("values are put where their names are, and a brace that is none stays", () => {
  assert.equal(phrase("{left} of {all} exercises", { left: 3, all: 40 }), "3 of 40 exercises");
  assert.equal(phrase("{left} of {nothing}", { left: 3 }), "3 of {nothing}");
});

test("a number chooses its form, and one beyond the list the last", () => {
  assert.equal(counted(2, "{n} minute", "{n} minutes", {}, WELSH), "2 funud");
  assert.equal(counted(700, "{n} minute", "{n} minutes", {}, WELSH), "700 munud");
  assert.equal(counted(1, "{n} day", "{n} days"), "1 day");
  assert.equal(counted(0, "{n} day", "{n} days", {}, WELSH), "0 days");
});

test("a link is where its name is, also at the end and in another order", () => {
  assert.deepEqual(around("See {link}.", "link", 1), ["See ", 1, "."]);
  assert.deepEqual(around("{link}: gweler yma", "link", 1), ["", 1, ": gweler yma"]);
  assert.deepEqual(around("Nothing to see", "link", 1), ["Nothing to see"]);
});
