import admin from "./admin.json";
import app from "./app.json";
import brief from "./brief.json";
import catalogue from "./catalogue.json";
import committees from "./committees.json";
import condition from "./condition.json";
import customers from "./customers.json";
import curve from "./curve.json";
import error from "./error.json";
import handover from "./handover.json";
import hco from "./hco.json";
import hcp from "./hcp.json";
import help from "./help.json";
import honorific from "./honorific.json";
import imports from "./imports.json";
import install from "./install.json";
import journal from "./journal.json";
import list from "./list.json";
import me from "./me.json";
import nav from "./nav.json";
import notifications from "./notifications.json";
import object from "./object.json";
import palette from "./palette.json";
import parts from "./parts.json";
import password from "./password.json";
import pick from "./pick.json";
import places from "./places.json";
import plan from "./plan.json";
import record from "./record.json";
import roles from "./roles.json";
import sample from "./sample.json";
import shortcuts from "./shortcuts.json";
import settings from "./settings.json";
import sign_in from "./sign_in.json";
import tasks from "./tasks.json";
import team from "./team.json";
import timeline from "./timeline.json";
import today from "./today.json";
import todo from "./todo.json";
import tour from "./tour.json";
import ui from "./ui.json";
import users from "./users.json";
import visit from "./visit.json";
import warning from "./warning.json";
import why from "./why.json";

export default {
  admin,
  app,
  brief,
  catalogue,
  committees,
  condition,
  customers,
  curve,
  error,
  handover,
  hco,
  hcp,
  help,
  honorific,
  imports,
  install,
  journal,
  list,
  me,
  nav,
  notifications,
  object,
  palette,
  parts,
  password,
  pick,
  places,
  plan,
  record,
  roles,
  sample,
  shortcuts,
  settings,
  sign_in,
  tasks,
  team,
  timeline,
  today,
  todo,
  tour,
  ui,
  users,
  visit,
  warning,
  why,
};
