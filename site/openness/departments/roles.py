"""The one table of what each role may do. Groups are made from it (``provision.py``), nothing by hand."""

from dataclasses import dataclass

from openness.departments.enums import Role


@dataclass(frozen=True)
class Rights:
    """What the group of a role holds: Wagtail's page, collection and model permissions."""

    page: tuple[str, ...] = ()
    collection: tuple[str, ...] = ()
    models: tuple[str, ...] = ("wagtailadmin.access_admin",)


MEDIA_ADD = (
    "wagtailimages.add_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.choose_document",
)
MEDIA_CHANGE = (*MEDIA_ADD, "wagtailimages.change_image", "wagtaildocs.change_document")
TERM_MODELS = ("region", "venuetype", "facility", "audiencegroup", "topic")
# What the office words for the search rests on nothing else: it may be taken back.
SEARCH_MODELS = ("synonymgroup", "promotedresult")
OFFICE_MODELS = tuple(
    f"{app}.{action}_{model}"
    for app, models in {
        "departments": (*TERM_MODELS, "department", "membership"),
        "core": ("calendaryear", "calendarday", "schoolvacation"),
        "venues": ("hoursstandard",),
        "site_search": SEARCH_MODELS,
    }.items()
    for model in models
    for action in ("add", "change", "view")
) + tuple(f"site_search.delete_{model}" for model in SEARCH_MODELS)

RIGHTS: dict[Role, Rights] = {
    Role.CONTRIBUTOR: Rights(page=("add_page",), collection=MEDIA_ADD),
    Role.EDITOR: Rights(page=("add_page", "change_page"), collection=MEDIA_CHANGE),
    Role.PUBLISHER: Rights(page=("add_page", "change_page", "publish_page"), collection=MEDIA_CHANGE),
    Role.TRANSLATOR: Rights(
        page=("change_page",), collection=("wagtailimages.choose_image", "wagtaildocs.choose_document")
    ),
    Role.MANAGER: Rights(page=("add_page", "change_page", "publish_page"), collection=MEDIA_CHANGE),
    Role.OFFICE: Rights(
        page=("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"),
        collection=MEDIA_CHANGE,
        models=("wagtailadmin.access_admin", "core.change_siteidentity", *OFFICE_MODELS),
    ),
    Role.AUDITOR: Rights(),
    Role.ADMINISTRATOR: Rights(
        page=("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"),
        collection=MEDIA_CHANGE,
        models=(
            "wagtailadmin.access_admin",
            "core.change_siteidentity",
            "accounts.add_user",
            "accounts.change_user",
            *OFFICE_MODELS,
        ),
    ),
}
