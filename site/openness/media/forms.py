from typing import Any

from wagtail.images.forms import BaseImageForm

from openness.media.fields import WholeImageField


class ImageForm(BaseImageForm):
    """Wagtail's form of an image, which refuses damaged files (setting ``WAGTAILIMAGES_IMAGE_FORM_BASE``)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Wagtail makes this field whatever the model or the form declares; the form that edits
        # several uploads at once has none.
        if "file" in self.fields:
            field = self.fields["file"]
            self.fields["file"] = WholeImageField(
                label=field.label, required=field.required, widget=field.widget
            )
