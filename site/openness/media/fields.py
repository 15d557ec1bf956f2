"""A form field of this room."""

from typing import Any

import PIL.Image
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField


class WholeImageField(WagtailImageField):
    """Takes an image only when all of it can be drawn.

    Wagtail looks at the header; a file cut off behind it fails later, where nothing catches it: while its
    size is read, or when the first picture for a page is made from it.
    """

    default_error_messages = {
        "damaged_image": _("This picture is damaged or incomplete. Save it again and upload the new copy."),
    }

    def to_python(self, data: Any) -> File | None:
        try:
            file = super().to_python(data)
            if file is not None:
                file.seek(0)
                with PIL.Image.open(file.file) as image:
                    image.load()
                file.seek(0)
        except ValidationError:
            raise
        # Decoders raise whatever they stumble over.
        except Exception as error:
            raise ValidationError(self.error_messages["damaged_image"], code="damaged_image") from error
        return file
