"""Rows below rows of a page, kept whole in revisions."""

from typing import Any

from modelcluster.models import ClusterableModel, get_all_child_relations


class NestedRows(ClusterableModel):
    """A row with rows of its own, which an older revision still has when the row itself has been replaced.

    Reading a revision, modelcluster drops a nested row whose stored parent is no longer in the database:
    hours that were replaced once would come back without their rules when a revision is compared,
    reverted to or published on schedule. The nested rows stand inside their parent in the stored data,
    so the number of the parent says nothing that is not known.
    """

    class Meta:
        abstract = True

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> "NestedRows | None":
        """Build the row from a revision's data, with every row below it."""
        data = dict(data)
        for relation in get_all_child_relations(cls):
            name = relation.get_accessor_name()
            if name in data:
                data[name] = [{**row, relation.field.name: None} for row in data[name]]
        return super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)
