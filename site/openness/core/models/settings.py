"""Who runs this site, and what the law wants to be told on every page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="site")
class SiteIdentity(BaseSiteSetting):
    """Names and numbers for head and foot of each page; what is empty is not printed.

    The nine items of the foot are those of 《政府网站发展指引》 (国办发〔2017〕47号).
    """

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
                FieldPanel("report_url"),
            ],
            heading=_("Foot of every page"),
        ),
    ]

    class Meta:
        verbose_name = _("site identity")
