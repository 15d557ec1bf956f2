"""Departments, and who works for them in which role."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable

from openness.core import clock
from openness.departments.enums import CITY_ROLES, RegionLevel, Role
from openness.departments.forms import MembershipForm
from openness.departments.models.terms import Region, code_validator


class Department(models.Model):
    """An office that owns venues and publishes: of the city, a county, a township or a village.

    Its page stands side by side with all others under Departments, because rights flow down the
    tree and a city bureau does not edit a county's pages. ``parent`` serves roll-up and
    supervision, never editing.
    """

    code = models.CharField(_("code"), max_length=40, unique=True, validators=[code_validator])
    name = models.CharField(_("name"), max_length=80, unique=True)
    short_name = models.CharField(_("short name"), max_length=30, help_text=_("As cards and lists show it."))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("region"))
    level = models.CharField(_("level"), max_length=20, choices=RegionLevel, default=RegionLevel.CITY)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name=_("supervised by"),
    )
    website = models.URLField(_("website"), blank=True)
    disclosure_code = models.CharField(
        _("code in the catalogue"),
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^[A-Z0-9-]+$", _("Use capital letters, digits and hyphens."))],
        help_text=_("信息生成机构代码: index numbers of documents begin with it."),
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    workflow = models.ForeignKey(
        "wagtailcore.Workflow", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("short_name"), FieldPanel("code")]),
        FieldRowPanel([FieldPanel("region"), FieldPanel("level"), FieldPanel("parent")]),
        FieldRowPanel([FieldPanel("website"), FieldPanel("disclosure_code")]),
    ]

    class Meta:
        ordering = ("code",)
        verbose_name = _("department")
        verbose_name_plural = _("departments")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a chain of supervision that bites its own tail."""
        super().clean()
        seen = {self.pk}
        above = self.parent
        while above is not None:
            if above.pk in seen and above.pk is not None:
                raise ValidationError(
                    {"parent": _("A department cannot be supervised by itself, directly or through others.")}
                )
            seen.add(above.pk)
            above = above.parent


class DepartmentOrBody(Orderable):
    """A row that names one who issues or organises: a department of this site, or another body in words."""

    department = models.ForeignKey(
        Department,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("department"),
    )
    name = models.CharField(_("or another body"), max_length=80, blank=True)

    panels: ClassVar = [FieldRowPanel([FieldPanel("department"), FieldPanel("name")])]

    class Meta(Orderable.Meta):
        abstract = True

    def clean(self) -> None:
        """It is one of the two."""
        super().clean()
        if bool(self.department_id) == bool(self.name):
            raise ValidationError({"name": _("Choose a department or write a name, one of the two.")})

    @property
    def display_name(self) -> str:
        """The name as printed."""
        return self.department.name if self.department else self.name


class DepartmentRole(models.Model):
    """The group that holds the rights of one role: in one department, or in the whole city."""

    department = models.ForeignKey(Department, null=True, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=Role)
    group = models.OneToOneField("auth.Group", on_delete=models.CASCADE, related_name="department_role")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["department", "role"], name="departments_one_group_per_role"),
            models.UniqueConstraint(
                fields=["role"], condition=Q(department=None), name="departments_one_group_per_city_role"
            ),
        ]

    def __str__(self) -> str:
        return self.group.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by time."""

    def active(self) -> "MembershipQuerySet":
        """Those that hold today (Asia/Shanghai): begun, and not over."""
        today = clock.today()
        return self.filter(since__lte=today).filter(Q(until=None) | Q(until__gte=today))


class Membership(models.Model):
    """One person in one role of one department (or of the city), for a time. It yields the person's groups."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("person"),
    )
    department = models.ForeignKey(
        Department,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("department"),
        help_text=_("Empty for the city's own roles."),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_("For translators: into which language."),
    )
    since = models.DateField(_("since"), default=clock.today)
    until = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day. Empty means without end.")
    )

    objects = MembershipQuerySet.as_manager()
    base_form_class = MembershipForm
    # Whose membership it was before a save; the signals set and read it.
    person_before: int | None = None

    panels: ClassVar = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("user"), FieldPanel("department")]),
                FieldRowPanel([FieldPanel("role"), FieldPanel("language")]),
            ]
        ),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
    ]

    class Meta:
        ordering = ("department", "role", "user")
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                name="departments_membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.department or ''} · {self.get_role_display()}"

    def clean(self) -> None:
        """A city role has no department; every other role has one; a translator has a language."""
        super().clean()
        if self.role in CITY_ROLES and self.department_id:
            raise ValidationError(
                {"department": _("This role is the whole city's. Leave the department empty.")}
            )
        if self.role and self.role not in CITY_ROLES and not self.department_id:
            raise ValidationError(
                {"department": _("Choose the department in which this person has the role.")}
            )
        if self.role == Role.TRANSLATOR and not self.language:
            raise ValidationError({"language": _("Choose the language this person translates into.")})
        if self.until and self.since and self.until < self.since:
            raise ValidationError({"until": _("The last day lies before the first.")})
