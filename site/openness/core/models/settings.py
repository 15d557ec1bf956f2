"""Who runs this site, and what the law wants to be told on every page."""

import re
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="site")
class SiteIdentity(BaseSiteSetting):
    """Names and numbers for head and foot of each page; what is empty is not printed.

    The nine items of the foot are those of 《政府网站发展指引》 (国办发〔2017〕47号). What it asks for and is not
    there is told to the office (``missing_items``), and never made up.
    """

    # Where the ministries let anyone look a record up.
    ICP_REGISTER = "https://beian.miit.gov.cn/"
    POLICE_REGISTER = "https://beian.mps.gov.cn/#/query/webSearch"

    select_related: ClassVar = ["copyright_page", "privacy_page"]

    site_name = models.CharField(_("name of the site"), max_length=80, default="Openness")
    city_name = models.CharField(_("name of the city"), max_length=40, blank=True)
    tagline = models.CharField(_("what the site is for"), max_length=120, blank=True)
    organiser = models.CharField(_("organiser"), max_length=80, blank=True)
    operator = models.CharField(_("operator"), max_length=80, blank=True)
    site_id_code = models.CharField(_("government site code"), max_length=20, blank=True)
    icp_number = models.CharField(_("ICP record"), max_length=40, blank=True)
    police_record = models.CharField(_("public security record"), max_length=60, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    report_url = models.URLField(_("where to report a mistake"), blank=True)
    mark_url = models.URLField(
        _("mark of party and government sites"),
        blank=True,
        help_text=_("党政机关网站标识: the address that the mark of this site leads to."),
    )
    state_report_url = models.URLField(
        _("state channel for mistakes on government sites"),
        blank=True,
        help_text=_("我为政府网站找错: the address that the State Council's office gave this site."),
    )
    copyright_page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("page on copyright"),
    )
    privacy_page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("page on privacy"),
    )
    is_demo = models.BooleanField(
        _("demonstration data"),
        default=False,
        help_text=_("Every page says that its data are examples and that the venue's own notice holds."),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("site_name"), FieldPanel("city_name")]),
                FieldPanel("tagline"),
                FieldPanel("is_demo"),
            ],
            heading=_("The site"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("organiser"), FieldPanel("operator")]),
                FieldRowPanel(
                    [FieldPanel("site_id_code"), FieldPanel("icp_number"), FieldPanel("police_record")]
                ),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("mark_url"), FieldPanel("state_report_url")]),
                FieldPanel("report_url"),
                FieldRowPanel([FieldPanel("copyright_page"), FieldPanel("privacy_page")]),
            ],
            heading=_("Foot of every page"),
        ),
    ]

    class Meta:
        verbose_name = _("site identity")

    @property
    def police_record_url(self) -> str:
        """Where the record can be looked up; empty where it holds no number."""
        number = re.search(r"\d{8,}", self.police_record)
        return f"{self.POLICE_REGISTER}?code={number[0]}" if number else ""

    def missing_items(self) -> list[Any]:
        """Return the names of what a government site has to show in its foot and this one does not know yet."""
        required = [
            "organiser",
            "site_id_code",
            "icp_number",
            "police_record",
            "mark_url",
            "state_report_url",
            "copyright_page",
            "privacy_page",
        ]
        missing = [self._meta.get_field(name) for name in required if not getattr(self, name)]
        contact = [] if self.phone or self.email else [_("phone or e-mail")]
        return [*(field.verbose_name for field in missing), *contact]
