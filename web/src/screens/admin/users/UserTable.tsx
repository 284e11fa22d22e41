import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../../api/queries";
import { expanded, type AnyRecord } from "../../../api/shapes";
import { recordAddress } from "../../../lib/recordAddress";
import { RecordLink } from "../../../record/RecordLink";
import { Icon } from "../../../ui/icons";
import { Badge } from "../../../ui/marks";
import { Menu, MenuItem, MenuLine, MenuLink } from "../../../ui/Menu";
import { Table } from "../../../ui/Table";
import { AllowDialog, DisableDialog, PasswordDialog, SignOutDialog } from "./UserDialogs";
import { ActionIcon } from "../../../ui/Button";

type Deed = "password" | "sign_out" | "disable" | "allow";

/** One line a person, with what can be done about them. */
export function UserTable({ users }: { users: AnyRecord[] }) {
  const { t } = useTranslation();
  const model = useModel();
  const [deed, setDeed] = useState<{ user: AnyRecord; what: Deed } | null>(null);
  const close = () => setDeed(null);
  return (
    <>
      <Table
        label={t("users.title")}
        rows={users}
        rowKey={({ id }) => id}
        columns={[
          {
            key: "name",
            head: model.fieldLabel("user", "name"),
            cell: (user) => <RecordLink object="user" id={user.id} title={user.title ?? ""} />,
          },
          { key: "login", head: model.fieldLabel("user", "login"), cell: ({ login }) => String(login ?? "") },
          {
            key: "role",
            head: model.fieldLabel("user", "role"),
            cell: ({ role }) => model.choiceLabel("user", "role", String(role ?? "")),
          },
          { key: "team", head: model.fieldLabel("user", "team"), cell: (user) => expanded(user, "team")?.title ?? t("app.none") },
          {
            key: "active",
            head: t("users.state"),
            cell: ({ active }) =>
              active === true ? <Badge tone="good" icon="check">{t("users.active")}</Badge> : <Badge icon="lock">{t("users.disabled")}</Badge>,
          },
          {
            key: "act",
            head: t("users.act"),
            bare: true,
            corner: true,
            align: "end",
            cell: (user) => <UserMenu user={user} act={(what) => setDeed({ user, what })} />,
          },
        ]}
      />
      {deed?.what === "password" && <PasswordDialog user={deed.user} close={close} />}
      {deed?.what === "sign_out" && <SignOutDialog user={deed.user} close={close} />}
      {deed?.what === "disable" && <DisableDialog user={deed.user} close={close} />}
      {deed?.what === "allow" && <AllowDialog user={deed.user} close={close} />}
    </>
  );
}

/** Nobody keeps themselves out or hands themselves a password: their own page is for that. */
function UserMenu({ user, act }: { user: AnyRecord; act: (what: Deed) => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const active = user["active"] === true;
  return (
    <Menu
      label={t("users.act_of", { name: user.title })}
      trigger={(props) => (
        <ActionIcon {...props} variant="subtle" color="gray" size={44} aria-label={t("users.act_of", { name: user.title })}>
          <Icon name="dots" />
        </ActionIcon>
      )}
    >
      <MenuLink icon="pen" to={recordAddress("user", user.id) as "/"}>
        {t("users.change")}
      </MenuLink>
      {me.may.journal === true && (
        <MenuLink icon="history" to="/admin/journal" search={{ by: user.id }}>
          {t("users.deeds")}
        </MenuLink>
      )}
      {user.id !== me.id && active && (
        <>
          <MenuLine />
          <MenuItem icon="lock" onSelect={() => act("password")}>
            {t("users.password")}
          </MenuItem>
          <MenuItem icon="out" onSelect={() => act("sign_out")}>
            {t("users.sign_out")}
          </MenuItem>
          <MenuItem icon="close" danger onSelect={() => act("disable")}>
            {t("users.disable")}
          </MenuItem>
        </>
      )}
      {user.id !== me.id && !active && (
        <MenuItem icon="check" onSelect={() => act("allow")}>
          {t("users.allow")}
        </MenuItem>
      )}
    </Menu>
  );
}
