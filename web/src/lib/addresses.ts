/** Only an address of this page is gone to after the sign-in. */
export const inside = (to: string | undefined): string =>
  to?.startsWith("/") && !/^\/[/\\]/.test(to) ? to : "/";
