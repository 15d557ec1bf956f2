"""Two departments and a library of documents: all that most tests of documents need, without any venue."""

from dataclasses import dataclass

from wagtail.models import Locale, Page, Site

from home.models import DepartmentIndexPage, DepartmentPage, HomePage
from openness.departments.models import Department, Region
from openness.departments.provision import provision_city
from policies.models import PolicyIndexPage


@dataclass
class Offices:
    """The pages of the two departments."""

    culture: DepartmentPage
    union: DepartmentPage


def found_offices() -> Offices:
    """Found them in an empty database, with the library at ``/policies/``."""
    locale, __ = Locale.objects.get_or_create(language_code="zh-hans")
    first = Page.objects.filter(depth=2).first()
    if first is not None:
        first.delete()
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locale)
    home = root.add_child(instance=HomePage(title="首页", slug="home", locale=locale))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    home.add_child(instance=PolicyIndexPage(title="政策", slug="policies", locale=locale))
    index = home.add_child(instance=DepartmentIndexPage(title="部门", slug="departments", locale=locale))
    region = Region.objects.create(code="350500", name="泉州市", level="city", locale=locale)
    provision_city(page=index)

    def department(code: str, name: str) -> DepartmentPage:
        owner = Department.objects.create(code=code, name=name, short_name=name, region=region)
        page = DepartmentPage(title=name, slug=code, department=owner, locale=locale)
        return index.add_child(instance=page)

    return Offices(culture=department("culture", "市文旅局"), union=department("union", "市总工会"))
