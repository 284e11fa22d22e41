/** Where a record of an object has its page. */
const pages: Record<string, string> = { hcp: "/hcp/", hco: "/hco/" };

export const addressOf = (object: string, id: string): string => `${pages[object] ?? `/record/${object}/`}${id}`;
