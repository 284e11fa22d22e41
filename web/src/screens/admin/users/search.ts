/** What the address of the list of users keeps. */
export interface UsersSearch {
  q?: string | undefined;
  role?: string | undefined;
  team?: string | undefined;
  /** Those who may sign in where nothing is said. */
  active?: "no" | "all" | undefined;
}
