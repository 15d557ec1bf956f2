"""Documents get headings with numbers, provisions, tables and pictures; stored headings become the new ones."""

import re

import wagtail.fields
from django.db import migrations
from wagtail.blocks.migrations.migrate_operation import MigrateStreamData
from wagtail.blocks.migrations.operations import BaseBlockOperation

NUMERALS = "零〇一二三四五六七八九十百千0-9"
NUMBER = re.compile(rf"(第[{NUMERALS}]+(?:编|分编|章|节)|[一二三四五六七八九十百]+、|[（(][{NUMERALS}]+[）)])\s*")


class HeadingsToSections(BaseBlockOperation):
    """Turns ``heading`` (a text) into ``section`` (number, title, level), in its place and with its identity."""

    def apply(self, block_value):
        return [
            {**child, "type": "section", "value": self.section(child["value"])}
            if child["type"] == "heading"
            else child
            for child in block_value
        ]

    @staticmethod
    def section(text):
        found = NUMBER.match(text)
        number = found[0].strip() if found else ""
        return {"number": number, "title": text[found.end() :] if found else text, "level": "first"}

    @property
    def operation_name_fragment(self):
        return "headings_to_sections"


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0002_documents"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.AlterField(
            model_name='annualreportpage',
            name='body',
            field=wagtail.fields.StreamField([('section', 3), ('clause', 6), ('paragraph', 7), ('table', 25), ('image', 26)], blank=True, block_lookup={0: ('policies.blocks.NumberBlock', (), {'help_text': 'As printed: 第一章, 一、, （二）. Empty where the heading has none.', 'label': 'Number', 'max_length': 20, 'required': False}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 200, 'required': False}), 2: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('part', 'part (编)'), ('chapter', 'chapter (章)'), ('section', 'section (节)'), ('first', 'first level (一、)'), ('second', 'second level (（一）)'), ('third', 'third level (1.)'), ('fourth', 'fourth level (（1）)')], 'help_text': 'Counts for a heading without a number only.', 'label': 'Level'}), 3: ('wagtail.blocks.StructBlock', [[('number', 0), ('title', 1), ('level', 2)]], {}), 4: ('policies.blocks.NumberBlock', (), {'help_text': 'As printed: 第二十一条, （一）, 1.', 'label': 'Number', 'max_length': 20}), 5: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'link', 'document-link'], 'label': 'Text'}), 6: ('wagtail.blocks.StructBlock', [[('number', 4), ('text', 5)]], {}), 7: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'ol', 'ul', 'link', 'document-link'], 'icon': 'pilcrow', 'label': 'Text', 'template': 'blocks/paragraph.html'}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 200, 'required': False}), 9: ('wagtail.blocks.IntegerBlock', (), {'default': 1, 'label': 'Rows of headings', 'max_value': 5, 'min_value': 0}), 10: ('wagtail.blocks.BooleanBlock', (), {'default': False, 'label': 'The first cell of each row is its heading', 'required': False}), 11: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'required': False, 'rows': 1}), 12: ('wagtail.blocks.IntegerBlock', (), {'default': 1, 'label': 'Columns it spans', 'max_value': 50, 'min_value': 1}), 13: ('wagtail.blocks.IntegerBlock', (), {'default': 1, 'label': 'Rows it spans', 'max_value': 50, 'min_value': 1}), 14: ('wagtail.blocks.IntegerBlock', (), {'default': 0, 'label': 'Rows of headings', 'max_value': 5, 'min_value': 0}), 15: ('wagtail.blocks.StructBlock', [[('text', 11), ('colspan', 12), ('rowspan', 13)]], {}), 16: ('wagtail.blocks.ListBlock', (15,), {'label': 'Cells'}), 17: ('wagtail.blocks.StructBlock', [[('cells', 16)]], {}), 18: ('wagtail.blocks.ListBlock', (17,), {'label': 'Rows'}), 19: ('wagtail.blocks.StructBlock', [[('header_rows', 14), ('rows', 18)]], {}), 20: ('wagtail.blocks.ListBlock', (19,), {'default': [], 'label': 'Tables inside this cell'}), 21: ('wagtail.blocks.StructBlock', [[('text', 11), ('colspan', 12), ('rowspan', 13), ('tables', 20)]], {}), 22: ('wagtail.blocks.ListBlock', (21,), {'label': 'Cells'}), 23: ('wagtail.blocks.StructBlock', [[('cells', 22)]], {}), 24: ('wagtail.blocks.ListBlock', (23,), {'label': 'Rows'}), 25: ('wagtail.blocks.StructBlock', [[('caption', 8), ('header_rows', 9), ('has_row_headings', 10), ('rows', 24)]], {}), 26: ('wagtail.images.blocks.ImageBlock', [], {'icon': 'image', 'label': 'Picture', 'template': 'blocks/image.html'})}, verbose_name='text'),
        ),
        migrations.AlterField(
            model_name='disclosureguidepage',
            name='body',
            field=wagtail.fields.StreamField([('section', 3), ('clause', 6), ('paragraph', 7), ('table', 25), ('image', 26)], blank=True, block_lookup={0: ('policies.blocks.NumberBlock', (), {'help_text': 'As printed: 第一章, 一、, （二）. Empty where the heading has none.', 'label': 'Number', 'max_length': 20, 'required': False}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 200, 'required': False}), 2: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('part', 'part (编)'), ('chapter', 'chapter (章)'), ('section', 'section (节)'), ('first', 'first level (一、)'), ('second', 'second level (（一）)'), ('third', 'third level (1.)'), ('fourth', 'fourth level (（1）)')], 'help_text': 'Counts for a heading without a number only.', 'label': 'Level'}), 3: ('wagtail.blocks.StructBlock', [[('number', 0), ('title', 1), ('level', 2)]], {}), 4: ('policies.blocks.NumberBlock', (), {'help_text': 'As printed: 第二十一条, （一）, 1.', 'label': 'Number', 'max_length': 20}), 5: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'link', 'document-link'], 'label': 'Text'}), 6: ('wagtail.blocks.StructBlock', [[('number', 4), ('text', 5)]], {}), 7: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'ol', 'ul', 'link', 'document-link'], 'icon': 'pilcrow', 'label': 'Text', 'template': 'blocks/paragraph.html'}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 200, 'required': False}), 9: ('wagtail.blocks.IntegerBlock', (), {'default': 1, 'label': 'Rows of headings', 'max_value': 5, 'min_value': 0}), 10: ('wagtail.blocks.BooleanBlock', (), {'default': False, 'label': 'The first cell of each row is its heading', 'required': False}), 11: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'required': False, 'rows': 1}), 12: ('wagtail.blocks.IntegerBlock', (), {'default': 1, 'label': 'Columns it spans', 'max_value': 50, 'min_value': 1}), 13: ('wagtail.blocks.IntegerBlock', (), {'default': 1, 'label': 'Rows it spans', 'max_value': 50, 'min_value': 1}), 14: ('wagtail.blocks.IntegerBlock', (), {'default': 0, 'label': 'Rows of headings', 'max_value': 5, 'min_value': 0}), 15: ('wagtail.blocks.StructBlock', [[('text', 11), ('colspan', 12), ('rowspan', 13)]], {}), 16: ('wagtail.blocks.ListBlock', (15,), {'label': 'Cells'}), 17: ('wagtail.blocks.StructBlock', [[('cells', 16)]], {}), 18: ('wagtail.blocks.ListBlock', (17,), {'label': 'Rows'}), 19: ('wagtail.blocks.StructBlock', [[('header_rows', 14), ('rows', 18)]], {}), 20: ('wagtail.blocks.ListBlock', (19,), {'default': [], 'label': 'Tables inside this cell'}), 21: ('wagtail.blocks.StructBlock', [[('text', 11), ('colspan', 12), ('rowspan', 13), ('tables', 20)]], {}), 22: ('wagtail.blocks.ListBlock', (21,), {'label': 'Cells'}), 23: ('wagtail.blocks.StructBlock', [[('cells', 22)]], {}), 24: ('wagtail.blocks.ListBlock', (23,), {'label': 'Rows'}), 25: ('wagtail.blocks.StructBlock', [[('caption', 8), ('header_rows', 9), ('has_row_headings', 10), ('rows', 24)]], {}), 26: ('wagtail.images.blocks.ImageBlock', [], {'icon': 'image', 'label': 'Picture', 'template': 'blocks/image.html'})}, verbose_name='text'),
        ),
        migrations.AlterField(
            model_name='policypage',
            name='body',
            field=wagtail.fields.StreamField([('section', 3), ('clause', 6), ('paragraph', 7), ('table', 25), ('image', 26)], blank=True, block_lookup={0: ('policies.blocks.NumberBlock', (), {'help_text': 'As printed: 第一章, 一、, （二）. Empty where the heading has none.', 'label': 'Number', 'max_length': 20, 'required': False}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 200, 'required': False}), 2: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('part', 'part (编)'), ('chapter', 'chapter (章)'), ('section', 'section (节)'), ('first', 'first level (一、)'), ('second', 'second level (（一）)'), ('third', 'third level (1.)'), ('fourth', 'fourth level (（1）)')], 'help_text': 'Counts for a heading without a number only.', 'label': 'Level'}), 3: ('wagtail.blocks.StructBlock', [[('number', 0), ('title', 1), ('level', 2)]], {}), 4: ('policies.blocks.NumberBlock', (), {'help_text': 'As printed: 第二十一条, （一）, 1.', 'label': 'Number', 'max_length': 20}), 5: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'link', 'document-link'], 'label': 'Text'}), 6: ('wagtail.blocks.StructBlock', [[('number', 4), ('text', 5)]], {}), 7: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'ol', 'ul', 'link', 'document-link'], 'icon': 'pilcrow', 'label': 'Text', 'template': 'blocks/paragraph.html'}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 200, 'required': False}), 9: ('wagtail.blocks.IntegerBlock', (), {'default': 1, 'label': 'Rows of headings', 'max_value': 5, 'min_value': 0}), 10: ('wagtail.blocks.BooleanBlock', (), {'default': False, 'label': 'The first cell of each row is its heading', 'required': False}), 11: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'required': False, 'rows': 1}), 12: ('wagtail.blocks.IntegerBlock', (), {'default': 1, 'label': 'Columns it spans', 'max_value': 50, 'min_value': 1}), 13: ('wagtail.blocks.IntegerBlock', (), {'default': 1, 'label': 'Rows it spans', 'max_value': 50, 'min_value': 1}), 14: ('wagtail.blocks.IntegerBlock', (), {'default': 0, 'label': 'Rows of headings', 'max_value': 5, 'min_value': 0}), 15: ('wagtail.blocks.StructBlock', [[('text', 11), ('colspan', 12), ('rowspan', 13)]], {}), 16: ('wagtail.blocks.ListBlock', (15,), {'label': 'Cells'}), 17: ('wagtail.blocks.StructBlock', [[('cells', 16)]], {}), 18: ('wagtail.blocks.ListBlock', (17,), {'label': 'Rows'}), 19: ('wagtail.blocks.StructBlock', [[('header_rows', 14), ('rows', 18)]], {}), 20: ('wagtail.blocks.ListBlock', (19,), {'default': [], 'label': 'Tables inside this cell'}), 21: ('wagtail.blocks.StructBlock', [[('text', 11), ('colspan', 12), ('rowspan', 13), ('tables', 20)]], {}), 22: ('wagtail.blocks.ListBlock', (21,), {'label': 'Cells'}), 23: ('wagtail.blocks.StructBlock', [[('cells', 22)]], {}), 24: ('wagtail.blocks.ListBlock', (23,), {'label': 'Rows'}), 25: ('wagtail.blocks.StructBlock', [[('caption', 8), ('header_rows', 9), ('has_row_headings', 10), ('rows', 24)]], {}), 26: ('wagtail.images.blocks.ImageBlock', [], {'icon': 'image', 'label': 'Picture', 'template': 'blocks/image.html'})}, verbose_name='text'),
        ),
        *(
            MigrateStreamData("policies", model, "body", [(HeadingsToSections(), "")])
            for model in ("PolicyPage", "AnnualReportPage", "DisclosureGuidePage")
        ),
    ]
