from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("site_search", "0003_full_text_index")]

    operations = [
        migrations.AddField(
            model_name="searchentry",
            name="indexed",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
    ]
