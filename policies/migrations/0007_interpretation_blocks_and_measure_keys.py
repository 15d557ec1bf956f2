"""Sections of interpretations may be empty while they are drafts; the key of a measure is unique in its document."""

import django.core.validators
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("departments", "0002_disclosure_code"),
        ("policies", "0005_clearance_decisions"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.AlterField(
            model_name="interpretationpage",
            name="body",
            field=wagtail.fields.StreamField(
                [("section", 2), ("question", 5), ("paragraph", 6), ("image", 7)],
                blank=True,
                block_lookup={
                    0: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [
                                ("background", "Background and grounds"),
                                ("goals", "Goals and tasks"),
                                ("progress", "Progress"),
                                ("scope", "Scope and term"),
                                ("content", "Main content"),
                                ("notes", "What to note"),
                                ("terms", "Key terms"),
                                ("contact", "Whom to ask, and telephone"),
                            ],
                            "label": "Section",
                        },
                    ),
                    1: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "ol", "ul", "link", "document-link"],
                            "label": "Text",
                            "required": False,
                        },
                    ),
                    2: ("wagtail.blocks.StructBlock", [[("section", 0), ("text", 1)]], {}),
                    3: ("wagtail.blocks.CharBlock", (), {"label": "Question", "max_length": 200}),
                    4: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {"features": ["bold", "ol", "ul", "link", "document-link"], "label": "Answer"},
                    ),
                    5: ("wagtail.blocks.StructBlock", [[("question", 3), ("answer", 4)]], {}),
                    6: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "ol", "ul", "link", "document-link"],
                            "icon": "pilcrow",
                            "label": "Text",
                            "template": "blocks/paragraph.html",
                        },
                    ),
                    7: (
                        "wagtail.images.blocks.ImageBlock",
                        [],
                        {"icon": "image", "label": "Picture", "template": "blocks/image.html"},
                    ),
                },
                verbose_name="text",
            ),
        ),
        migrations.AlterField(
            model_name="interpretationpage",
            name="form",
            field=models.CharField(
                choices=[
                    ("text", "in words"),
                    ("picture", "in pictures"),
                    ("video", "as a video"),
                    ("questions", "as questions and answers"),
                ],
                default="text",
                max_length=12,
                verbose_name="form",
            ),
        ),
        migrations.AlterField(
            model_name="interpretationpage",
            name="video_url",
            field=models.URLField(
                blank=True,
                help_text="Readers leave this site to watch it.",
                verbose_name="address of the video",
            ),
        ),
        migrations.AlterField(
            model_name="measure",
            name="key",
            field=models.CharField(
                blank=True,
                help_text="Permanent, such as m7: reports and evidence name it. Left empty, it is made of the number.",
                max_length=40,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[a-z0-9][a-z0-9_-]*$", "Use small Latin letters, digits, hyphens and underscores."
                    )
                ],
                verbose_name="key",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key", ""), _negated=True),
                fields=("page", "key"),
                name="policies_measure_key_once_per_document",
            ),
        ),
    ]
