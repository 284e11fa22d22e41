import { describe, expect, it } from "vitest";
import type { Definition } from "../../../api/definitions";
import type { RoleBody } from "../roles/role";
import { kindsOf } from "../roles/useRoles";
import { asCsv, entriesOf, speaksOf } from "./entries";

const definition = (body: object) => ({ body }) as unknown as Definition;
const labels = (en: string, ja = en) => ({ en, ja, zh: en });
const kinds = kindsOf(
  [
    definition({
      object: "hcp",
      labels: labels("Doctor", "医師"),
      plural: labels("Doctors"),
      fields: [
        { name: "mood", type: "choice", labels: labels("Mood", "気分"), choices: [{ code: "good", labels: labels("Good", "良い") }], required: true },
        { name: "before", type: "choice", labels: labels("Before"), choices: "hcp.mood", purpose: 'Tell "one" from, another' },
        { name: "visits", type: "integer", labels: labels("Visits"), rollup: { measure: "count" } },
        { name: "npi", type: "text", labels: labels("NPI"), immutable: true },
      ],
    }),
    definition({ object: "user", labels: labels("User"), plural: labels("Users"), fields: [{ name: "role", type: "choice", labels: labels("Role"), choices: "roles" }] }),
  ],
  "en",
);
const roles: RoleBody[] = [
  { role: "mr", labels: labels("MR"), objects: { hcp: { read: "own", update: "own" } }, fields: { hcp: { hidden: ["before"], read_only: ["mood"] } } },
  { role: "admin", labels: labels("Admin"), objects: { "*": { read: "all", create: "all" } } },
];
const entries = entriesOf(kinds, roles);
const entry = (name: string) => entries.find((one) => one.name === name);

describe("the data catalogue", () => {
  it("says who may see and set each field", () => {
    expect([entry("mood")?.readers, entry("mood")?.writers]).toEqual([["mr", "admin"], ["admin"]]);
    expect([entry("before")?.readers, entry("before")?.writers]).toEqual([["admin"], ["admin"]]);
    expect(entry("visits")?.writers).toEqual([]);
    expect(entry("npi")?.writers).toEqual(["admin"]);
  });

  it("follows lists that stand elsewhere, the roles among them", () => {
    expect(entry("before")?.choices.map(({ code }) => code)).toEqual(["good"]);
    expect(entry("role")?.choices.map(({ code }) => code)).toEqual(["mr", "admin"]);
  });

  it("tells what is calculated from what is kept in the history", () => {
    expect(entry("visits")?.properties).toEqual(["derived"]);
    expect(entry("mood")?.properties).toEqual(["required", "tracked"]);
  });

  it("is found by words in any language", () => {
    const found = (words: string) => entries.filter((one) => speaksOf(one, words, "en")).map(({ name }) => name);
    expect(found("気分")).toEqual(["mood"]);
    expect(found("良い")).toEqual(["mood", "before"]);
    expect(found("hcp.npi")).toEqual(["npi"]);
    expect(found("nothing of the kind")).toEqual([]);
  });

  it("becomes CSV that spreadsheets read", () => {
    const lines = asCsv(entries).split("\r\n");
    expect(lines[0]).toMatch(/^\uFEFFobject,field,/);
    expect(lines[2]).toContain('"Tell ""one"" from, another"');
    expect(lines).toHaveLength(entries.length + 2);
  });
});
