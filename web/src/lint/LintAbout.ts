/** Whom the texts of a form are about, for those who look at them. */
import { createContext, useContext } from "react";
import type { LintSubject } from "../api/lint";

const Subject = createContext<LintSubject>({});

export const LintAbout = Subject.Provider;
export const useLintSubject = (): LintSubject => useContext(Subject);
