/** Signs everybody in once, each in the language of their tests: the tests begin behind the sign-in. */
import { request, type FullConfig } from "@playwright/test";
import { password, people } from "./people";

export default async function setup(config: FullConfig): Promise<void> {
  const baseURL = config.projects[0]?.use.baseURL ?? "";
  const cookies: Record<string, unknown> = {};
  const enter = async (login: string, lang: string) => {
    const api = await request.newContext({ baseURL });
    const session = await api.post("/api/v1/session", { data: { login, password: password() } });
    if (!session.ok()) throw new Error(`${login} cannot sign in: ${await session.text()}`);
    const { csrf } = (await session.json()) as { csrf: string };
    const saved = await api.patch("/api/v1/me", { data: { lang }, headers: { "X-CSRF-Token": csrf } });
    if (!saved.ok()) throw new Error(`${login} cannot speak ${lang}: ${await saved.text()}`);
    cookies[login] = (await api.storageState()).cookies;
    await api.dispose();
  };
  const everybody = new Map(Object.values(people).flatMap((roles) => Object.values(roles)).map((one) => [one.login, one]));
  await Promise.all([...everybody.values()].map(({ login, language }) => enter(login, language)));
  // The workers, which Playwright starts after this, inherit the environment.
  process.env["ONDO_COOKIES"] = JSON.stringify(cookies);
}
