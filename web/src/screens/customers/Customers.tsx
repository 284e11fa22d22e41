import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useModel } from "../../api/queries";
import { ListScreen } from "../../list/ListScreen";
import type { SetSearch } from "../../list/useListState";
import { Tabs } from "../../ui/Tabs";
import { HandOverChosen } from "../handover/HandOverChosen";
import { CustomerPane } from "./CustomerPane";
import { customerObjects } from "./routes";

const route = getRouteApi("/app/customers");

/** Everybody and every place one works with: two lists on the same parts. */
export function Customers() {
  const { t } = useTranslation();
  const { object = "hcp", ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const set: SetSearch = useCallback(
    (change, { push = false } = {}) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: !push, resetScroll: false }),
    [navigate],
  );
  return (
    <ListScreen
      object={object}
      title={t("nav.customers")}
      search={search}
      set={set}
      actions={<Lists object={object} />}
      bulk={(chosen) => object === "hcp" && <HandOverChosen {...chosen} />}
      pane={(id) => <CustomerPane object={object} id={id} />}
      empty={{ title: t(`customers.none_${object}`), text: t(`customers.none_${object}_help`) }}
    />
  );
}

function Lists({ object }: { object: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const lists = customerObjects.filter((one) => model.may(one, "read"));
  if (lists.length < 2) return null;
  return (
    <Tabs
      label={t("customers.lists")}
      tabs={lists.map((one) => ({
        label: model.pluralLabel(one),
        current: one === object,
        link: { to: "/customers", search: one === "hcp" ? {} : { object: one } },
      }))}
    />
  );
}
