import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Model, type Field, type ModelObject } from "../../../api/model";
import { useModel } from "../../../api/queries";
import type { ObjectBody } from "../design/body";

/** The model with one object as it is being designed: for reading and trying its conditions before they are published. */
export function useDesigned(body: ObjectBody): Model {
  const { i18n } = useTranslation();
  const inForce = useModel();
  return useMemo(() => {
    const fields = body.fields.map((field) => {
      // A list that belongs to another field is known by its name only here, and in full in the model.
      const choices = Array.isArray(field.choices) ? field.choices : inForce.field(body.object, field.name)?.choices;
      return { ...field, choices } as unknown as Field;
    });
    const designed = { ...body, may: inForce.object(body.object)?.may, fields } as unknown as ModelObject;
    return new Model([...inForce.all().filter(({ object }) => object !== body.object), designed], i18n.language);
  }, [body, inForce, i18n.language]);
}
