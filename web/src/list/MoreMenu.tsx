import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useModel } from "../api/queries";
import { listParameters } from "../api/records";
import { copyText } from "../lib/clipboard";
import { ActionIcon } from "../ui/Button";
import { Icon } from "../ui/icons";
import { Menu, MenuItem, MenuLine } from "../ui/Menu";
import { useToast } from "../ui/Toasts";
import type { CellFormat } from "./cells";
import { PrintList } from "./PrintList";
import type { Rows } from "./rows";
import type { ListState } from "./useListState";

interface MoreMenuProps {
  list: ListState;
  rows: Rows;
  cells: CellFormat;
  title: string;
  canSplit: boolean;
}

/** What one can take away from a list: its address, a file, paper. */
export function MoreMenu({ list, rows, cells, title, canSplit }: MoreMenuProps) {
  const { t } = useTranslation();
  const model = useModel();
  const toast = useToast();
  const [printing, setPrinting] = useState(false);
  const isSplit = list.search.layout === "split";
  const copy = () => void copyText(location.href).then((done) => toast(done ? { text: t("list.link_copied") } : { text: t("list.link_not_copied"), tone: "bad" }));
  return (
    <>
      <Menu
        label={t("list.more")}
        trigger={(props) => (
          <ActionIcon variant="default" size={44} aria-label={t("list.more")} {...props}>
            <Icon name="dots" />
          </ActionIcon>
        )}
      >
        {canSplit && (
          <>
            <MenuItem checked={isSplit} onSelect={() => list.set({ layout: isSplit ? undefined : "split", open: undefined }, { push: true })}>
              {t("list.split")}
            </MenuItem>
            <MenuLine />
          </>
        )}
        <MenuItem icon="copy" onSelect={copy}>
          {t("list.copy_link")}
        </MenuItem>
        {model.may(list.object, "export") && (
          <>
            <MenuItem icon="download" onSelect={() => location.assign(exportAddress(list, "csv"))}>
              {t("list.export_csv")}
            </MenuItem>
            <MenuItem icon="download" onSelect={() => location.assign(exportAddress(list, "xlsx"))}>
              {t("list.export_xlsx")}
            </MenuItem>
          </>
        )}
        <MenuItem icon="print" onSelect={() => setPrinting(true)}>
          {t("list.print")}
        </MenuItem>
      </Menu>
      {printing && <PrintList list={list} rows={rows} cells={cells} title={title} done={() => setPrinting(false)} />}
    </>
  );
}

/** The list as a file: the same records in the same order, the columns that it shows. */
function exportAddress({ object, asked, columns }: ListState, format: "csv" | "xlsx"): string {
  const fields = columns.map(({ path }) => path).filter((path) => !path.includes("."));
  const parameters = { format, ...listParameters({ ...asked, fields }) };
  return `/api/v1/${object}/export?${new URLSearchParams(parameters as Record<string, string>).toString()}`;
}
