"""No two documents have one index number."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("policies", "0003_body_blocks"),
    ]

    operations: ClassVar = [
        migrations.AddConstraint(
            model_name="policypage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("index_number", ""), _negated=True),
                fields=("index_number",),
                name="policies_index_number_unique",
                violation_error_message="Another document has this index number.",
            ),
        ),
    ]
