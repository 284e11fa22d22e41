import { Tabs } from "../../ui/Tabs";

interface ViewsProps<View extends string> {
  /** The first is the one that an address without a view means. */
  views: readonly View[];
  view: View;
  titles: Record<string, string>;
  label: string;
}

/** The parts of a person's or an institution's page, each with an address of its own. */
export function Views<View extends string>({ views, view, titles, label }: ViewsProps<View>) {
  const tabs = views.map((one, index) => ({
    label: titles[one],
    current: one === view,
    link: {
      to: ".",
      search: (before: Record<string, unknown>) => ({ ...before, view: index === 0 ? undefined : one, show: undefined }),
    } as never,
  }));
  return <Tabs label={label} tabs={tabs} />;
}
