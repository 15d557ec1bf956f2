"""A model field of this room."""

from typing import Any

from django.db import models


class LowerCaseEmailField(models.EmailField):
    """An e-mail address that is stored, compared and looked up in lower case.

    So ``unique=True`` holds whatever the capitals, on every database, and people sign in with their
    address as they happen to type it.
    """

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return value.strip().lower() if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        return self.to_python(super().get_prep_value(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value
