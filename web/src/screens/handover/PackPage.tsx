import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { doctorsQuery, notRead, packAddress, packQuery, useMarkRead, type Pack } from "../../api/handover";
import { useMe } from "../../api/queries";
import { formatDay } from "../../lib/dates";
import { Button, ButtonAnchor, ButtonLink } from "../../ui/Button";
import { Icon } from "../../ui/icons";
import { Badge } from "../../ui/marks";
import { BackLink, Page } from "../../ui/Page";
import { CardSkeletons, ErrorNotice, useErrorText } from "../../ui/parts";
import { PersonName } from "../../ui/PersonCard";
import { useToast } from "../../ui/Toasts";
import styles from "./Pack.module.css";
import { PackBody } from "./PackBody";

const route = getRouteApi("/app/handover/$plan/$handover/pack");

/** What the successor must know of one doctor, on one page. */
export function PackPage() {
  const { t } = useTranslation();
  const { plan, handover } = route.useParams();
  const pack = useQuery(packQuery(handover));
  if (pack.isPending) return <CardSkeletons count={4} height={140} />;
  if (pack.isError) {
    return (
      <Page
        title={t("nav.handover")}
        back={
          <BackLink to="/handover/$plan" params={{ plan }}>
            {t("handover.all_doctors")}
          </BackLink>
        }
      >
        <ErrorNotice error={pack.error} retry={() => void pack.refetch()} />
      </Page>
    );
  }
  return <Loaded key={handover} pack={pack.data} />;
}

function Loaded({ pack }: { pack: Pack }) {
  const { t } = useTranslation();
  const { plan } = route.useParams();
  return (
    <Page
      width="text"
      title={<PersonName person={pack.hcp} />}
      back={
        <BackLink to="/handover/$plan" params={{ plan }}>
          {t("handover.all_doctors")}
        </BackLink>
      }
      hint={[pack.hcp.institution, pack.hcp.department, pack.hcp.position].filter(Boolean).join(" · ")}
      actions={
        <>
          <ButtonAnchor href={packAddress(pack.handover.id)} target="_blank" variant="default" size="md" leftSection={<Icon name="file" />}>
            {t("handover.pdf")}
          </ButtonAnchor>
          <Button variant="default" size="md" leftSection={<Icon name="print" />} onClick={() => window.print()}>
            {t("handover.print")}
          </Button>
        </>
      }
    >
      <PackBody pack={pack} />
      <Reading pack={pack} plan={plan} />
    </Page>
  );
}

/** The successor says that this was read; then the next doctor who was not. */
function Reading({ pack, plan }: { pack: Pack; plan: string }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const toast = useToast();
  const textOf = useErrorText();
  const read = useMarkRead(plan);
  const { id, read_at: readAt, to_user: to } = pack.handover;
  const mine = to === me.id;
  const unread = useInfiniteQuery({ ...doctorsQuery(plan, notRead), enabled: mine });
  const next = unread.data?.pages.flatMap((page) => page.items).find((one) => one.id !== id);
  const press = () =>
    read.mutate(id, {
      onSuccess: () => toast({ text: t("handover.read_saved") }),
      onError: (error) => toast({ text: textOf(error), tone: "bad" }),
    });
  return (
    <div className={styles.reading}>
      {mine && readAt === null && (
        <Button size="md" leftSection={<Icon name="check" size={18} />} onClick={press} loading={read.isPending}>
          {t("handover.i_have_read")}
        </Button>
      )}
      {readAt !== null && (
        <Badge tone="good" icon="check">
          {t("handover.read_on", { when: formatDay(readAt, i18n.language, me.zone) })}
        </Badge>
      )}
      {mine && next !== undefined && (
        <ButtonLink
          to="/handover/$plan/$handover/pack"
          params={{ plan, handover: next.id }}
          size="md"
          variant={readAt === null ? "default" : "filled"}
          rightSection={<Icon name="right" size={18} />}
        >
          {t("handover.next_unread")}
        </ButtonLink>
      )}
    </div>
  );
}
