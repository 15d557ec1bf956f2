"""Tables of documents: rows of cells, with headings that screen readers announce."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

MAX_SPAN = 50
MAX_HEADER_ROWS = 5


class TableValue(blocks.StructValue):
    """A table; its first rows are headings."""

    @property
    def head(self) -> list[Any]:
        """The rows of headings."""
        return list(self["rows"])[: self["header_rows"] or 0]

    @property
    def content(self) -> list[Any]:
        """All other rows."""
        return list(self["rows"])[self["header_rows"] or 0 :]


class InnerCellBlock(blocks.StructBlock):
    """A cell of a table that stands inside another."""

    text = blocks.TextBlock(label=_("Text"), required=False, rows=1)
    colspan = blocks.IntegerBlock(label=_("Columns it spans"), default=1, min_value=1, max_value=MAX_SPAN)
    rowspan = blocks.IntegerBlock(label=_("Rows it spans"), default=1, min_value=1, max_value=MAX_SPAN)

    class Meta:
        icon = "placeholder"
        label = _("Cell")
        label_format = "{text}"


class InnerRowBlock(blocks.StructBlock):
    """A row of a table that stands inside another."""

    cells = blocks.ListBlock(InnerCellBlock(), label=_("Cells"))

    class Meta:
        icon = "horizontalrule"
        label = _("Row")


class InnerTableBlock(blocks.StructBlock):
    """A table inside a cell. It holds no further one."""

    header_rows = blocks.IntegerBlock(
        label=_("Rows of headings"), default=0, min_value=0, max_value=MAX_HEADER_ROWS
    )
    rows = blocks.ListBlock(InnerRowBlock(), label=_("Rows"))

    class Meta:
        icon = "table"
        label = _("Table inside this cell")
        value_class = TableValue


class CellBlock(InnerCellBlock):
    """A cell: text, and in rare cases a table below it."""

    tables = blocks.ListBlock(InnerTableBlock(), label=_("Tables inside this cell"), default=[])

    class Meta:
        icon = "placeholder"
        label = _("Cell")
        label_format = "{text}"


class RowBlock(blocks.StructBlock):
    """A row."""

    cells = blocks.ListBlock(CellBlock(), label=_("Cells"))

    class Meta:
        icon = "horizontalrule"
        label = _("Row")


class TableBlock(blocks.StructBlock):
    """A table with its caption, its headings above and, if it has them, at the left."""

    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)
    header_rows = blocks.IntegerBlock(
        label=_("Rows of headings"), default=1, min_value=0, max_value=MAX_HEADER_ROWS
    )
    has_row_headings = blocks.BooleanBlock(
        label=_("The first cell of each row is its heading"), required=False, default=False
    )
    rows = blocks.ListBlock(RowBlock(), label=_("Rows"))

    class Meta:
        icon = "table"
        label = _("Table")
        label_format = "{caption}"
        value_class = TableValue
        template = "blocks/table.html"

    def clean(self, value: Any) -> Any:
        """Refuse a table in which a cell reaches below the last row."""
        cleaned = super().clean(value)
        rows = cleaned["rows"]
        for position, row in enumerate(rows):
            if any((cell["rowspan"] or 1) > len(rows) - position for cell in row["cells"]):
                raise blocks.StructBlockValidationError(
                    {
                        "rows": ValidationError(
                            _("Row %(row)d has a cell that spans more rows than the table has left."),
                            params={"row": position + 1},
                        )
                    }
                )
        return cleaned
