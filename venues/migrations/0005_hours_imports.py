import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import openness.core.clock


class Migration(migrations.Migration):

    dependencies = [
        ('venues', '0004_hours_standards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HoursImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=200)),
                ('created_at', models.DateTimeField(default=openness.core.clock.now)),
                ('unknown_columns', models.JSONField(default=list)),
                ('is_publishing', models.BooleanField(default=False)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'import of hours',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='HoursImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('cells', models.JSONField(default=dict)),
                ('understood', models.JSONField(default=dict)),
                ('problems', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('ready', 'ready'), ('attention', 'look at it'), ('blocked', 'cannot be taken'), ('same', 'no change'), ('chosen', 'waiting'), ('done', 'taken')], default='blocked', max_length=10)),
                ('message', models.TextField(blank=True)),
                ('hours_import', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='venues.hoursimport')),
                ('venue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='venues.venuepage')),
            ],
            options={
                'verbose_name': 'row of an import',
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('hours_import', 'number'), name='venues_import_row_once')],
            },
        ),
    ]
