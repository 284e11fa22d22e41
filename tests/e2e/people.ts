/**
 * Who does what. The tests run side by side, and a person's language is kept at the server: so nobody's
 * language is changed but the traveller's, and each screen takes other doctors (see openDoctor).
 */
import type { Language } from "./texts";

export interface Person {
  login: string;
  language: Language;
}

const as = (login: string, language: Language): Person => ({ login, language });

const speakers = { en: as("mr1", "en"), ja: as("mr2", "ja"), zh: as("mr3", "zh") };
const office = { manager: as("manager1", "en"), admin: as("admin", "en") };

export const people = {
  phone: { ...speakers, ...office, reader: as("mr4", "en"), traveller: as("manager2", "zh") },
  tablet: { ...speakers, ...office, reader: as("mr4", "en"), traveller: as("manager2", "zh") },
  desktop: { ...speakers, ...office, reader: as("mr5", "en"), traveller: as("manager3", "zh") },
};

export type Role = keyof (typeof people)["phone"];

export function password(): string {
  const value = process.env["ONDO_PASSWORD"];
  if (value === undefined) throw new Error("ONDO_PASSWORD is not set: `./run` prints the demo's password");
  return value;
}
