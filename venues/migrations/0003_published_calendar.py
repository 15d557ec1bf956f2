import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("venues", "0002_days_of_rules"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedCalendar",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("data", models.JSONField()),
            ],
        ),
        migrations.AddField(
            model_name="publishedhours",
            name="calendar",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="venues.publishedcalendar",
            ),
        ),
        migrations.AddField(
            model_name="publishedhours",
            name="is_public",
            field=models.BooleanField(default=True),
        ),
        migrations.AlterField(
            model_name="interval",
            name="venue",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="intervals",
                to="venues.venuepage",
            ),
        ),
        migrations.AlterField(
            model_name="venueday",
            name="venue",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="days",
                to="venues.venuepage",
            ),
        ),
        migrations.RemoveIndex(model_name="interval", name="venues_interval_span"),
        migrations.AddIndex(
            model_name="interval",
            index=models.Index(
                fields=[
                    "opens_at",
                    "continues_until",
                    "last_entry_at",
                    "venue",
                    "is_general_public",
                    "kind",
                    "admission",
                ],
                name="venues_interval_open",
            ),
        ),
        migrations.AddIndex(
            model_name="venueday",
            index=models.Index(fields=["business_date", "status", "venue"], name="venues_day_status"),
        ),
    ]
