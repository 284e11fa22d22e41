/** What tools/vite/help.mjs makes of docs/user. */
declare module "virtual:help/*" {
  const topics: import("./topic").Topic[];
  export default topics;
}
