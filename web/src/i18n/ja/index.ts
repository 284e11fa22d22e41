import admin from "./admin.json";
import app from "./app.json";
import catalogue from "./catalogue.json";
import condition from "./condition.json";
import customers from "./customers.json";
import error from "./error.json";
import hcp from "./hcp.json";
import help from "./help.json";
import honorific from "./honorific.json";
import imports from "./imports.json";
import install from "./install.json";
import list from "./list.json";
import me from "./me.json";
import nav from "./nav.json";
import object from "./object.json";
import palette from "./palette.json";
import parts from "./parts.json";
import password from "./password.json";
import pick from "./pick.json";
import record from "./record.json";
import roles from "./roles.json";
import shortcuts from "./shortcuts.json";
import sign_in from "./sign_in.json";
import team from "./team.json";
import today from "./today.json";
import ui from "./ui.json";
import tour from "./tour.json";
import visit from "./visit.json";
import why from "./why.json";

export default {
  admin,
  app,
  catalogue,
  condition,
  customers,
  error,
  hcp,
  help,
  honorific,
  imports,
  install,
  list,
  me,
  nav,
  object,
  palette,
  parts,
  password,
  pick,
  record,
  roles,
  shortcuts,
  sign_in,
  team,
  today,
  ui,
  tour,
  visit,
  why,
};
