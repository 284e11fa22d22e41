import { expect, test } from "vitest";
import { recordAddress, recordAt } from "./recordAddress";

const id = "0193071d-27f1-7c3f-9882-888ddc150ada";

test("every record has an address, and the address tells the record", () => {
  for (const object of ["hcp", "hco", "adverse_event"]) expect(recordAt(recordAddress(object, id))).toEqual({ object, id });
});

test("an address that shows no record tells none", () => {
  for (const path of ["/", "/customers", `/hcp/${id}/visit/new`, "/o/hco", "/o/hco/new"]) expect(recordAt(path)).toBeNull();
});
